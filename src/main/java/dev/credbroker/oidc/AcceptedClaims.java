package dev.credbroker.oidc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What an issuer's {@link ClaimRules} took from a token's claims. */
record AcceptedClaims(
        String subject,
        Map<String, Set<String>> attributes,
        boolean addressedToBroker,
        boolean addressedToAws,
        JwtTimes times,
        String digest,
        Optional<String> id) {

    AcceptedClaims {
        attributes = Map.copyOf(attributes);
    }
}
