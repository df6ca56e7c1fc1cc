package dev.credbroker.outcome;

import dev.credbroker.session.DurationLimit;
import java.time.Duration;

/**
 * No session was given. Each family is one answer to the caller; {@link #reason()} is for the audit log and meters, from
 * a closed set, and never for the caller.
 */
public sealed interface Refusal extends Outcome {

    /** Why, in a word of a closed set. */
    String reason();

    /** The stable name of the family, as it stands in answers, audit and meters. */
    default String code() {
        return switch (this) {
            case Malformed malformed -> "InvalidRequest";
            case InvalidDuration invalid -> "InvalidDuration";
            case DurationExceedsMaximum excess -> "DurationExceedsMaximum";
            case PackedPolicyTooLarge large -> "PackedPolicyTooLarge";
            case Unverified unverified -> "InvalidToken";
            case TokenExpired expired -> "TokenExpired";
            case RoleNotPermitted forbidden -> "RoleNotPermitted";
            case DeniedBySts denied -> "AccessDenied";
            case Throttled throttled -> "ThrottlingException";
            case Unavailable unavailable -> "ServiceUnavailable";
            case OperatorFault fault -> "InternalError";
        };
    }

    /** The request itself cannot be understood; {@code advice} says what to change, and quotes nothing of it. */
    record Malformed(String reason, String advice) implements Refusal {}

    /** A duration that is none, or that is outside what AWS knows. */
    record InvalidDuration(String reason, String advice) implements Refusal {}

    /** A named duration that is longer than can be had. */
    record DurationExceedsMaximum(int longestSeconds, DurationLimit limit) implements Refusal {
        @Override
        public String reason() {
            return "duration-exceeds-" + limit;
        }
    }

    /** STS finds tags and policies together too large. */
    record PackedPolicyTooLarge() implements Refusal {
        @Override
        public String reason() {
            return "packed-policy-too-large";
        }
    }

    /** Nobody is shown to be asking; whatever the cause, the caller learns no more. */
    record Unverified(String reason) implements Refusal {}

    /** The proof was good once; only its time is over. */
    record TokenExpired(String reason) implements Refusal {}

    /** The role is unknown, or not for this identity; the caller does not learn which. */
    record RoleNotPermitted(String reason) implements Refusal {}

    /** STS says no: the role's trust policy. */
    record DeniedBySts() implements Refusal {
        @Override
        public String reason() {
            return "denied-by-sts";
        }
    }

    /** Too many calls. */
    record Throttled(Duration retryAfter) implements Refusal {
        @Override
        public String reason() {
            return "throttled";
        }
    }

    /** Something that is needed cannot be reached now. */
    record Unavailable(String reason, Duration retryAfter) implements Refusal {}

    /** The operator's to mend. */
    record OperatorFault(String reason) implements Refusal {}
}
