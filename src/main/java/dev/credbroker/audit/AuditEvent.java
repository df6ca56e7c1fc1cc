package dev.credbroker.audit;

import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.telemetry.CorrelationId;
import java.time.Instant;
import java.util.Optional;

/** One decision, as people will see it later. */
public sealed interface AuditEvent {

    Instant time();

    CorrelationId request();

    /**
     * Who asked.
     *
     * @param provider the name in the configuration
     * @param subject as it came
     */
    record Who(String provider, String issuer, String subject) {}

    /** A session was given. */
    record SessionGiven(
            Instant time,
            CorrelationId request,
            Fingerprint proof,
            Who who,
            String role,
            StsOperation operation,
            Issued issued)
            implements AuditEvent {}

    /**
     * A session was refused.
     *
     * @param proof absent if there was none, or more than one
     * @param provider whose proof it claims to be, verified only if {@code who} is present
     * @param role as it was asked for, if it could be read
     */
    record SessionRefused(
            Instant time,
            CorrelationId request,
            Optional<Fingerprint> proof,
            Optional<String> provider,
            Optional<Who> who,
            Optional<String> role,
            Refusal refusal)
            implements AuditEvent {}

    /** An identity was told what it may take. */
    record RolesListed(Instant time, CorrelationId request, Fingerprint proof, Who who, int roles)
            implements AuditEvent {}
}
