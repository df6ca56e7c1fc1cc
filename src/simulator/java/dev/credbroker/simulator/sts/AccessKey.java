package dev.credbroker.simulator.sts;

import java.time.Instant;
import java.util.Optional;

/**
 * AWS credentials with which requests are signed.
 *
 * @param sessionToken present for temporary credentials, which fall under role chaining
 * @param expiration absent for credentials that never expire
 */
public record AccessKey(
        String id,
        String secret,
        Optional<String> sessionToken,
        Optional<Instant> expiration,
        String userId,
        String principalArn) {

    private static final String USER = "arn:aws:iam::123456789012:user/";

    /** A user's key, as long as it is not deleted. */
    public static AccessKey longTerm(String id, String secret) {
        return new AccessKey(id, secret, Optional.empty(), Optional.empty(), "AIDA" + id, USER + id);
    }

    /** Temporary credentials that come from elsewhere, and never expire here. */
    public static AccessKey temporary(String id, String secret, String sessionToken) {
        return new AccessKey(id, secret, Optional.of(sessionToken), Optional.empty(), "AIDA" + id, USER + id);
    }

    boolean temporary() {
        return sessionToken.isPresent();
    }

    /** At the very instant of its expiration a key has expired. */
    boolean expired(Instant now) {
        return expiration.filter(end -> !now.isBefore(end)).isPresent();
    }

    @Override
    public String toString() {
        return id;
    }
}
