package dev.credbroker.aws;

import dev.credbroker.secret.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Temporary credentials as STS issued them.
 *
 * @param expiration as STS said, in whole seconds
 * @param account the account of the role, twelve digits
 */
public record SessionCredentials(
        String accessKeyId, Secret secretAccessKey, Secret sessionToken, Instant expiration, String account) {

    public SessionCredentials {
        if (accessKeyId.isBlank() || secretAccessKey.length() == 0 || sessionToken.length() == 0) {
            throw new IllegalArgumentException("credentials have three non-empty parts");
        }
        if (!expiration.equals(expiration.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("an expiration is told in whole seconds");
        }
    }
}
