package dev.credbroker.broker;

import dev.credbroker.identity.Proof;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.telemetry.CorrelationId;
import java.time.Duration;
import java.util.Optional;

/**
 * What a caller wants, well-formed and nothing more.
 *
 * @param role a catalogue name, or a role's ARN
 * @param minRemaining what the session must still last; absent: the role's own
 */
public record CredentialRequest(
        CorrelationId id, Proof proof, String role, RequestedDuration duration, Optional<Duration> minRemaining) {}
