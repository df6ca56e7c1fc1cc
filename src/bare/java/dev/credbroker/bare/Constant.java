package dev.credbroker.bare;

import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.audit.JsonAuditLog;
import dev.credbroker.broker.CredentialBroker;
import dev.credbroker.broker.CredentialRequest;
import dev.credbroker.identity.Proof;
import dev.credbroker.outcome.Issued;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.telemetry.CorrelationId;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;

/** What bare endpoints answer: always the same bytes, and the line that the audit log writes of it. */
@ApplicationScoped
public class Constant {

    private final CredentialBroker broker;
    private final JsonAuditLog audit;
    private final InstantSource clock;
    private volatile byte[] body = new byte[0];
    private volatile Optional<Line> line = Optional.empty();

    /** What of an audit line does not change. */
    private record Line(CorrelationId id, Fingerprint proof, Who who, String role, Issued issued) {}

    public Constant(CredentialBroker broker, JsonAuditLog audit, InstantSource clock) {
        this.broker = broker;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * From now on answers are of {@code size}, and their audit lines are those of a session that the broker gives now.
     *
     * @throws IllegalArgumentException if it gives none
     */
    void prepare(int size, String token, String role) {
        CorrelationId id = CorrelationId.random();
        Proof proof = new Proof.Jwt(Secret.of(token));
        CredentialRequest request =
                new CredentialRequest(id, proof, role, new RequestedDuration.Unsaid(), Optional.empty());
        if (!(broker.obtain(request) instanceof Issued issued)) {
            throw new IllegalArgumentException("no session is given");
        }
        Who who = new Who("corp", "http://127.0.0.1:30000/idp/corp", "alice");
        line = Optional.of(new Line(id, proof.fingerprint(), who, role, issued));
        body = ("\"" + "x".repeat(size - 2) + "\"").getBytes(StandardCharsets.US_ASCII);
    }

    byte[] body() {
        return body;
    }

    /** The same, with its audit line. */
    byte[] audited() {
        Line same = line.orElseThrow();
        boolean seen = audit.admit(new SessionGiven(
                clock.instant(),
                same.id(),
                same.proof(),
                same.who(),
                same.role(),
                StsOperation.ASSUME_ROLE_WITH_WEB_IDENTITY,
                same.issued()));
        if (!seen) {
            throw new IllegalStateException("the audit log has not taken it");
        }
        return body;
    }
}
