package dev.credbroker.broker;

import dev.credbroker.authorization.Authorizer;
import dev.credbroker.authorization.Decision;
import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.broker.Way.Closed;
import dev.credbroker.broker.Way.NotInMemory;
import dev.credbroker.broker.Way.Open;
import dev.credbroker.identity.IdentityVerifier;
import dev.credbroker.identity.Verification;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import dev.credbroker.outcome.Refusal.InvalidDuration;
import dev.credbroker.outcome.Refusal.Malformed;
import dev.credbroker.outcome.Refusal.OperatorFault;
import dev.credbroker.outcome.Refusal.RoleNotPermitted;
import dev.credbroker.outcome.Refusal.TokenExpired;
import dev.credbroker.outcome.Refusal.Unavailable;
import dev.credbroker.outcome.Refusal.Unverified;
import dev.credbroker.session.Planning;
import dev.credbroker.session.SessionPlanner;
import java.time.Duration;
import java.util.Optional;

/** Takes a request from its proof to its plan: who is asking, may they, what exactly would STS be asked. */
final class Pathfinder {

    /** An issuer's keys are fetched again within seconds of its return. */
    private static final Duration KEYS_RETRY = Duration.ofSeconds(5);

    private final IdentityVerifier verifier;
    private final Authorizer authorizer;
    private final SessionPlanner planner;

    Pathfinder(IdentityVerifier verifier, Authorizer authorizer, SessionPlanner planner) {
        this.verifier = verifier;
        this.authorizer = authorizer;
        this.planner = planner;
    }

    /** From memory alone. */
    Way find(CredentialRequest request) {
        return decided(
                request,
                verifier.verify(request.proof()),
                granted -> planner.plan(granted, request.duration(), request.minRemaining()));
    }

    /** May wait for an issuer's keys, and for the broker's own credentials; never {@link NotInMemory}. */
    Way findBlocking(CredentialRequest request) {
        return decided(
                request,
                verifier.verifyAwaitingKeys(request.proof()),
                granted -> planner.planBlocking(granted, request.duration(), request.minRemaining()));
    }

    /** The refusal that a verification comes to, if it is none that has succeeded. */
    static Optional<Refusal> refusal(Verification verification) {
        return switch (verification) {
            case Verification.Verified verified -> Optional.empty();
            case Verification.Malformed malformed ->
                Optional.of(
                        new Malformed(
                                malformed.reason(),
                                "samlResponse is the base64 of a whole samlp:Response, as the form posts it; percent-encode its + in a form"));
            case Verification.Rejected rejected -> Optional.of(new Unverified(rejected.reason()));
            case Verification.Expired expired -> Optional.of(new TokenExpired("expired"));
            case Verification.KeysMissing missing -> Optional.of(new Unavailable("issuer-keys", KEYS_RETRY));
            case Verification.Unavailable unavailable -> Optional.of(new Unavailable("issuer-keys", KEYS_RETRY));
        };
    }

    private static Optional<String> provider(Verification verification) {
        return switch (verification) {
            case Verification.Verified verified ->
                Optional.of(verified.identity().provider());
            case Verification.Malformed malformed -> Optional.empty();
            case Verification.Rejected rejected -> rejected.provider();
            case Verification.Expired expired -> Optional.of(expired.provider());
            case Verification.KeysMissing missing -> Optional.of(missing.provider());
            case Verification.Unavailable unavailable -> Optional.of(unavailable.provider());
        };
    }

    /** Plans a permitted request. */
    private interface Planner {
        Planning plan(Granted granted);
    }

    private Way decided(CredentialRequest request, Verification verification, Planner planner) {
        return switch (verification) {
            case Verification.Verified verified -> permitted(request, verified.identity(), planner);
            case Verification.KeysMissing missing -> new NotInMemory();
            case Verification.Malformed malformed -> closed(verification);
            case Verification.Rejected rejected -> closed(verification);
            case Verification.Expired expired -> closed(verification);
            case Verification.Unavailable unavailable -> closed(verification);
        };
    }

    static Closed closed(Verification verification) {
        return new Closed(
                refusal(verification)
                        .orElseThrow(() -> new IllegalArgumentException("a verified identity is not closed")),
                provider(verification),
                Optional.empty());
    }

    private Way permitted(CredentialRequest request, VerifiedIdentity identity, Planner planner) {
        return switch (authorizer.decide(identity, request.role())) {
            case Granted granted -> planned(granted, planner.plan(granted));
            case Decision.Denied denied ->
                closed(identity, new RoleNotPermitted(denied.reason().toString()));
        };
    }

    private static Way planned(Granted granted, Planning planning) {
        VerifiedIdentity identity = granted.identity();
        return switch (planning) {
            case Planning.Planned planned -> new Open(granted, planned.plan());
            case Planning.OwnCredentialsUnknown unknown -> new NotInMemory();
            case Planning.TooLong tooLong ->
                closed(identity, new DurationExceedsMaximum(tooLong.longestSeconds(), tooLong.limit()));
            case Planning.RemainsTooLong tooLong ->
                closed(
                        identity,
                        new InvalidDuration(
                                "min-remaining-above-granted",
                                "minRemainingSeconds is at most %d here: what is granted, less 60"
                                        .formatted(tooLong.longestSeconds())));
            case Planning.TokenEndsTooSoon soon -> closed(identity, new TokenExpired("token-ends-too-soon"));
            case Planning.Unfit unfit -> closed(identity, new RoleNotPermitted("unfit-" + unfit.setting()));
            case Planning.NoOwnCredentials none -> closed(identity, new OperatorFault("own-credentials-missing"));
        };
    }

    private static Closed closed(VerifiedIdentity identity, Refusal refusal) {
        return new Closed(refusal, Optional.of(identity.provider()), Optional.of(identity));
    }
}
