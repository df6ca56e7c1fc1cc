package dev.credbroker.cache;

import dev.credbroker.aws.SessionCredentials;
import java.time.Duration;

/**
 * A session as the cache holds it.
 *
 * @param lifetime what it lasted at the moment of exchange
 * @param curtailed whether its caller's deadline made it shorter than it was planned: another caller may get a longer one
 */
public record HeldSession(SessionCredentials credentials, Duration lifetime, boolean curtailed) {}
