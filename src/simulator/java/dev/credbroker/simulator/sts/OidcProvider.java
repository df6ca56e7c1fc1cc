package dev.credbroker.simulator.sts;

import java.util.Set;

/** An OpenID Connect provider as IAM knows it. */
record OidcProvider(String issuer, Set<String> audiences, OidcKeys keys) {

    OidcProvider {
        audiences = Set.copyOf(audiences);
    }
}
