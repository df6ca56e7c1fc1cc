package dev.credbroker.saml;

import dev.credbroker.aws.SamlProviderArnPattern;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator decided about one provider.
 *
 * @param entityId absent where it is left to the metadata at a URL to say it
 * @param addresses by which address an assertion is for whom
 * @param responseSignatureSuffices whether a signature on the whole response makes up for none on the assertion
 * @param refusesExpiredCertificates whether a key counts only within the dates of its certificate
 * @param attributeNames SAML attribute names by the configured short name
 */
record ProviderSettings(
        String name,
        Optional<String> entityId,
        Optional<SamlProviderArnPattern> providerArn,
        Map<Addressee, Address> addresses,
        boolean responseSignatureSuffices,
        boolean refusesExpiredCertificates,
        Duration clockSkew,
        Duration maxAssertionAge,
        SignInRules signIn,
        Map<String, String> attributeNames) {

    ProviderSettings {
        addresses = Map.copyOf(addresses);
        attributeNames = Map.copyOf(attributeNames);
    }

    /** The same of a provider whose entity id is known by now. */
    ProviderSettings named(String known) {
        return new ProviderSettings(
                name,
                Optional.of(known),
                providerArn,
                addresses,
                responseSignatureSuffices,
                refusesExpiredCertificates,
                clockSkew,
                maxAssertionAge,
                signIn,
                attributeNames);
    }
}
