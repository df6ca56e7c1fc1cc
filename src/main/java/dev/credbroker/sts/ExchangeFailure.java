package dev.credbroker.sts;

import dev.credbroker.session.DurationLimit;
import java.time.Duration;
import java.util.Locale;

/** Why STS gave no session, classified once, at the edge of the SDK, by STS's error code. */
public sealed interface ExchangeFailure {

    /** {@code AccessDenied}: the role's trust policy says no. */
    record Denied() implements ExchangeFailure {}

    /** {@code InvalidIdentityToken}, {@code IDPRejectedClaim}: STS does not take this proof. */
    record ProofRefused() implements ExchangeFailure {}

    /** {@code ExpiredTokenException} for a passed-on proof; an assertion is good for five minutes at STS. */
    record ProofExpired() implements ExchangeFailure {}

    /**
     * STS refuses the duration although the configuration allowed it.
     *
     * @param longestSeconds what surely can be had
     */
    record DurationRefused(int longestSeconds, DurationLimit limit) implements ExchangeFailure {}

    /** {@code PackedPolicyTooLarge}: policies and tags together are too large. */
    record PackedPolicyTooLarge() implements ExchangeFailure {}

    /**
     * STS has had too many calls of this account and region, or the broker's own bound is reached.
     *
     * @param retryAfter when another call may have its turn
     */
    record Throttled(Duration retryAfter) implements ExchangeFailure {

        /** STS does not say when. */
        public Throttled() {
            this(A_MOMENT);
        }
    }

    /**
     * STS could not be reached in time, or is in trouble.
     *
     * @param retryAfter when it is asked again at the earliest
     */
    record Unavailable(Duration retryAfter) implements ExchangeFailure {

        /** Nothing is known of when. */
        public Unavailable() {
            this(A_MOMENT);
        }
    }

    /** {@code IDPCommunicationError}: STS is well, but could not fetch the keys of the token's issuer. */
    record IssuerUnreachable() implements ExchangeFailure {}

    /** The operator's to mend: nothing that a caller sends can help. */
    record Misconfigured(Fault fault) implements ExchangeFailure {}

    /** What there is to mend. */
    enum Fault {
        OWN_CREDENTIALS_MISSING,
        OWN_CREDENTIALS_REFUSED,
        REGION_DISABLED,
        MALFORMED_POLICY,
        REQUEST_REFUSED,
        UNKNOWN_ERROR,
        /** STS answered with another role, or with credentials that had expired. */
        WRONG_ANSWER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    Duration A_MOMENT = Duration.ofSeconds(2);

    /** Whether another proof for the same session might fare better. */
    default boolean becauseOfProof() {
        return switch (this) {
            case ProofRefused refused -> true;
            case ProofExpired expired -> true;
            case Denied denied -> true;
            case DurationRefused refused -> false;
            case PackedPolicyTooLarge large -> false;
            case Throttled throttled -> false;
            case Unavailable unavailable -> false;
            case IssuerUnreachable unreachable -> false;
            case Misconfigured misconfigured -> false;
        };
    }

    /** Whether the same call may succeed a moment later. */
    default boolean mayPass() {
        return switch (this) {
            case Throttled throttled -> true;
            case Unavailable unavailable -> true;
            case IssuerUnreachable unreachable -> true;
            case Denied denied -> false;
            case ProofRefused refused -> false;
            case ProofExpired expired -> false;
            case DurationRefused refused -> false;
            case PackedPolicyTooLarge large -> false;
            case Misconfigured misconfigured -> false;
        };
    }

    /** Its name in audit and meters. */
    default String label() {
        return switch (this) {
            case Denied denied -> "denied";
            case ProofRefused refused -> "proof-refused";
            case ProofExpired expired -> "proof-expired";
            case DurationRefused refused -> "duration-refused";
            case PackedPolicyTooLarge large -> "packed-policy-too-large";
            case Throttled throttled -> "throttled";
            case Unavailable unavailable -> "unavailable";
            case IssuerUnreachable unreachable -> "issuer-unreachable";
            case Misconfigured misconfigured -> misconfigured.fault().toString();
        };
    }
}
