package dev.credbroker.broker;

import dev.credbroker.audit.AuditEvent;
import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.audit.AuditLog;
import dev.credbroker.authorization.Authorizer;
import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.broker.Way.Closed;
import dev.credbroker.broker.Way.NotInMemory;
import dev.credbroker.broker.Way.Open;
import dev.credbroker.cache.CredentialCache;
import dev.credbroker.cache.Given;
import dev.credbroker.identity.IdentityVerifier;
import dev.credbroker.identity.Proof;
import dev.credbroker.identity.Verification;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import dev.credbroker.outcome.Refusal.OperatorFault;
import dev.credbroker.outcome.Refusal.Unavailable;
import dev.credbroker.roles.Role;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.session.SessionPlanner;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.telemetry.Causes;
import dev.credbroker.telemetry.CorrelationId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Hands out AWS sessions: verifies the proof, decides, plans, and gives what is held or asks STS.
 *
 * <p>Every answer has its line in the audit log before it goes out. Proof and admission are judged on every request, also
 * where a session is held.
 */
public final class CredentialBroker {

    private static final Logger LOG = Logger.getLogger(CredentialBroker.class);
    private static final Duration AUDIT_RETRY = Duration.ofSeconds(1);

    private final IdentityVerifier verifier;
    private final Authorizer authorizer;
    private final SessionPlanner planner;
    private final Pathfinder pathfinder;
    private final CredentialCache cache;
    private final AuditLog audit;
    private final BrokerMeters meters;
    private final InstantSource clock;

    public CredentialBroker(
            IdentityVerifier verifier,
            Authorizer authorizer,
            SessionPlanner planner,
            CredentialCache cache,
            AuditLog audit,
            BrokerMeters meters,
            InstantSource clock) {
        this.verifier = verifier;
        this.authorizer = authorizer;
        this.planner = planner;
        this.pathfinder = new Pathfinder(verifier, authorizer, planner);
        this.cache = cache;
        this.audit = audit;
        this.meters = meters;
        this.clock = clock;
    }

    /** The answer, if what is in memory suffices for it; never blocks. */
    public Optional<Outcome> held(CredentialRequest request) {
        return switch (pathfinder.find(request)) {
            case Open open -> cache.held(open.plan()).map(given -> given(request, open, given));
            case Closed closed -> Optional.of(refused(request, closed));
            case NotInMemory missing -> Optional.empty();
        };
    }

    /** The answer; may block for as long as STS may take. */
    public Outcome obtain(CredentialRequest request) {
        return switch (pathfinder.findBlocking(request)) {
            case Open open -> obtain(request, open);
            case Closed closed -> refused(request, closed);
            case NotInMemory missing -> refused(request, unavailable());
        };
    }

    /** What an identity may take, without asking STS; may wait for an issuer's keys. */
    public RolesAnswer roles(CorrelationId id, Proof proof) {
        return switch (verifier.verifyAwaitingKeys(proof)) {
            case Verification.Verified verified -> listed(id, verified.identity());
            case Verification unverified -> {
                Closed closed = Pathfinder.closed(unverified);
                yield new RolesAnswer.Refused(refused(
                        id,
                        Optional.of(proof),
                        closed.provider(),
                        Optional.empty(),
                        Optional.empty(),
                        closed.refusal()));
            }
        };
    }

    /** Refuses what could not even be read as a request. */
    public Refusal refuse(CorrelationId id, Refusal refusal) {
        return refused(id, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), refusal);
    }

    private Outcome obtain(CredentialRequest request, Open open) {
        try {
            return given(request, open, cache.obtain(open.plan()));
        } catch (ExchangeFailed e) {
            return refused(request, closed(open, ExchangeRefusals.of(e.failure(), request.duration())));
        } catch (RuntimeException e) {
            // Whatever it is, STS may have been asked: it is seen in the audit log like every other answer.
            LOG.errorf("request %s broke: %s", request.id(), Causes.of(e));
            return refused(request, closed(open, new OperatorFault("broken")));
        }
    }

    /** STS may have issued less than it was asked for: what is too short for this caller is not handed out as if it were good. */
    private Outcome given(CredentialRequest request, Open open, Given given) {
        SessionPlan plan = open.plan();
        Duration remaining = given.session().credentials().remaining(clock.instant());
        boolean tooShort = request.minRemaining()
                .filter(least -> remaining.compareTo(least) < 0)
                .isPresent();
        if (tooShort || !remaining.isPositive()) {
            int longest = (int) Math.max(0, given.session().lifetime().toSeconds());
            return refused(request, closed(open, new DurationExceedsMaximum(longest, DurationLimit.STS)));
        }
        Issued issued = new Issued(
                plan.spec().role(),
                given.session().credentials(),
                plan.duration().issued(given.session().lifetime()),
                given.source(),
                given.shared(),
                given.notRenewed(),
                remaining);
        return answered(
                new SessionGiven(
                        clock.instant(),
                        request.id(),
                        request.proof().fingerprint(),
                        who(open.granted().identity()),
                        request.role(),
                        plan.spec().operation(),
                        issued),
                issued);
    }

    private Outcome answered(AuditEvent event, Issued issued) {
        if (!audit.admit(event)) {
            return unseen();
        }
        meters.issued(issued);
        return issued;
    }

    /** The answer in place of one that the log has not taken. */
    private Refusal unseen() {
        Refusal unseen = new Unavailable("audit", AUDIT_RETRY);
        meters.refused(unseen);
        return unseen;
    }

    private Refusal refused(CredentialRequest request, Closed closed) {
        return refused(
                request.id(),
                Optional.of(request.proof()),
                closed.provider(),
                closed.identity(),
                Optional.of(request.role()),
                closed.refusal());
    }

    private Refusal refused(
            CorrelationId id,
            Optional<Proof> proof,
            Optional<String> provider,
            Optional<VerifiedIdentity> identity,
            Optional<String> role,
            Refusal refusal) {
        AuditEvent event = new SessionRefused(
                clock.instant(),
                id,
                proof.map(Proof::fingerprint),
                provider,
                identity.map(CredentialBroker::who),
                role,
                refusal);
        if (!audit.admit(event)) {
            return unseen();
        }
        meters.refused(refusal);
        return refusal;
    }

    private RolesAnswer listed(CorrelationId id, VerifiedIdentity identity) {
        List<PermittedRole> roles =
                authorizer.permitted(identity).stream().map(this::permitted).toList();
        boolean seen = audit.admit(
                new RolesListed(clock.instant(), id, identity.proof().fingerprint(), who(identity), roles.size()));
        return seen ? new RolesAnswer.Permitted(roles) : new RolesAnswer.Refused(unseen());
    }

    private PermittedRole permitted(Role role) {
        SessionDuration longest = planner.longest(role);
        return new PermittedRole(role, SessionDuration.smaller(role.defaultDuration(), longest), longest);
    }

    private static Closed closed(Open open, Refusal refusal) {
        Granted granted = open.granted();
        return new Closed(refusal, Optional.of(granted.identity().provider()), Optional.of(granted.identity()));
    }

    private static Closed unavailable() {
        return new Closed(new Unavailable("issuer-keys", AUDIT_RETRY), Optional.empty(), Optional.empty());
    }

    private static Who who(VerifiedIdentity identity) {
        return new Who(identity.provider(), identity.issuer(), identity.subject());
    }
}
