package dev.credbroker.oidc;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which headers an issuer's tokens may have.
 *
 * @param types media types as {@link #canonical} writes them, and {@link #ABSENT}
 */
record HeaderRules(Set<JwsAlgorithm> algorithms, Set<String> types) {

    /** Stands for a header without {@code typ}; no media type is spelled so, since a header's is never read as this. */
    static final String ABSENT = "absent";

    private static final String PREFIX = "application/";

    HeaderRules {
        algorithms = Set.copyOf(algorithms);
        types = Set.copyOf(types);
    }

    void check(JwtHeader header) throws JwtRefused {
        JwtRefused.unless(algorithms.contains(header.algorithm()), JwtFlaw.ALGORITHM);
        JwtRefused.unless(fits(header.type()), JwtFlaw.TYPE);
    }

    /** Case means nothing, and {@code application/} is implied (RFC 7515, section 4.1.9). */
    static String canonical(String type) {
        String lower = type.toLowerCase(Locale.ROOT);
        return lower.startsWith(PREFIX) ? lower.substring(PREFIX.length()) : lower;
    }

    private boolean fits(Optional<String> type) {
        return type.map(HeaderRules::canonical)
                .map(present -> !present.equals(ABSENT) && types.contains(present))
                .orElseGet(() -> types.contains(ABSENT));
    }
}
