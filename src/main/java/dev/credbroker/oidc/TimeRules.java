package dev.credbroker.oidc;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a token of one issuer may be used.
 *
 * @param skew how far the two clocks may be apart
 * @param maxAge how old a token may be at most, whatever its expiration says
 */
record TimeRules(Duration skew, Optional<Duration> maxAge) {

    private static final Duration LONGEST_LIFE = Duration.ofHours(24);

    /** What must hold whether or not the time is over. */
    void check(JwtTimes times, Instant now) throws JwtRefused {
        JwtRefused.unless(times.expiration().isAfter(times.issuedAt()), JwtFlaw.LIFETIME);
        JwtRefused.unless(!times.expiration().isAfter(times.issuedAt().plus(LONGEST_LIFE)), JwtFlaw.LIFETIME);
        JwtRefused.unless(begun(times.issuedAt(), now), JwtFlaw.ISSUED_AT);
        JwtRefused.unless(times.notBefore().map(start -> begun(start, now)).orElse(true), JwtFlaw.NOT_BEFORE);
    }

    /**
     * At exactly {@code exp} plus skew it is over: "on or after which the JWT MUST NOT be accepted" (RFC 7519). So with
     * the age.
     */
    boolean over(JwtTimes times, Instant now) {
        return !now.isBefore(end(times).plus(skew));
    }

    /** At exactly the moment less skew it has begun. */
    private boolean begun(Instant moment, Instant now) {
        return !now.isBefore(moment.minus(skew));
    }

    private Instant end(JwtTimes times) {
        return maxAge.map(age -> times.issuedAt().plus(age))
                .filter(times.expiration()::isAfter)
                .orElse(times.expiration());
    }
}
