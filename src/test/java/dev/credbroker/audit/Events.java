package dev.credbroker.audit;

import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.cache.Given;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.DurationDecision;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.telemetry.CorrelationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** One event of each kind, with everything that its kind can say. */
final class Events {

    static final Instant TIME = Instant.parse("2026-01-31T08:00:00.123Z");
    static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl";
    static final String SECRET_ACCESS_KEY = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    static final String SESSION_TOKEN = "FwoGZXIvYXdzEExample==";

    private static final Fingerprint PROOF = Fingerprint.of(Secret.of(TOKEN));
    private static final Who ALICE = new Who("corp", "https://idp.example.com/realms/corp", "alice@example.com");

    private Events() {}

    static SessionGiven given() {
        return given(ALICE.subject());
    }

    static SessionGiven given(String subject) {
        return new SessionGiven(
                TIME,
                new CorrelationId("7f3c2a"),
                PROOF,
                new Who(ALICE.provider(), ALICE.issuer(), subject),
                "batch-upload",
                StsOperation.ASSUME_ROLE,
                issued());
    }

    static SessionRefused refused(Refusal refusal) {
        return new SessionRefused(
                TIME,
                new CorrelationId("7f3c2b"),
                Optional.of(PROOF),
                Optional.of("corp"),
                Optional.of(ALICE),
                Optional.of("batch-upload"),
                refusal);
    }

    /** The one refusal that says more than why. */
    static SessionRefused refused() {
        return refused(new Refusal.DurationExceedsMaximum(14_400, DurationLimit.ROLE));
    }

    static SessionRefused unverified() {
        return new SessionRefused(
                TIME,
                new CorrelationId("7f3c2c"),
                Optional.of(PROOF),
                Optional.of("corp"),
                Optional.empty(),
                Optional.of("batch-upload"),
                new Refusal.Unverified("signature"));
    }

    static SessionRefused unreadable() {
        return new SessionRefused(
                TIME,
                new CorrelationId("7f3c2d"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new Refusal.Malformed("role-missing", "name a role"));
    }

    static RolesListed listed() {
        return new RolesListed(TIME, new CorrelationId("7f3c2e"), PROOF, ALICE, 3);
    }

    private static Issued issued() {
        return new Issued(
                RoleArn.parse("arn:aws:iam::123456789012:role/Batch-Upload"),
                CredentialDocument.of(new SessionCredentials(
                        "ASIAIOSFODNN7EXAMPLE",
                        Secret.of(SECRET_ACCESS_KEY),
                        Secret.of(SESSION_TOKEN),
                        Instant.parse("2026-01-31T09:00:00Z"),
                        "123456789012")),
                new DurationDecision(
                        new RequestedDuration.Named(new SessionDuration(14_400)),
                        new SessionDuration(3600),
                        Duration.ofHours(1),
                        Optional.of(DurationLimit.ROLE_CHAINING)),
                Given.Source.KEPT,
                false,
                Optional.of("throttled"),
                Duration.ofHours(1));
    }
}
