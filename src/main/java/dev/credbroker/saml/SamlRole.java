package dev.credbroker.saml;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;

/** A pair out of an assertion's {@code Role} attribute; role and provider lie in the same account and partition. */
public record SamlRole(RoleArn role, SamlProviderArn provider) {

    public SamlRole {
        if (!role.account().equals(provider.account()) || !role.partition().equals(provider.partition())) {
            throw new IllegalArgumentException("a role and its SAML provider lie in one account");
        }
    }
}
