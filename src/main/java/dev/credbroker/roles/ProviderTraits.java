package dev.credbroker.roles;

/**
 * What a provider's proofs can open, as far as the catalogue must know it to see contradictions.
 *
 * @param saml whether it is a SAML identity provider; else an OIDC issuer
 * @param toBroker whether its proofs can be addressed to the broker
 * @param toAws whether its proofs can be addressed to AWS
 */
public record ProviderTraits(boolean saml, boolean toBroker, boolean toAws) {

    boolean opens(StsOperation operation) {
        return switch (operation) {
            case ASSUME_ROLE_WITH_SAML -> saml && toAws;
            case ASSUME_ROLE_WITH_WEB_IDENTITY -> !saml;
            case ASSUME_ROLE -> toBroker;
        };
    }
}
