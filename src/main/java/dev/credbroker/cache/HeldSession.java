package dev.credbroker.cache;

import dev.credbroker.aws.CredentialDocument;
import java.time.Duration;
import java.time.Instant;

/**
 * A session as the cache holds it.
 *
 * @param lifetime what it lasted at the moment of exchange
 * @param curtailed whether its caller's deadline made it shorter than it was planned: another caller may get a longer one
 */
public record HeldSession(CredentialDocument credentials, Duration lifetime, boolean curtailed) {

    /** The moment of its exchange, as far as its lifetime tells. */
    public Instant exchanged() {
        return credentials.expiration().minus(lifetime);
    }
}
