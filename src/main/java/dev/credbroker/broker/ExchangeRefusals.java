package dev.credbroker.broker;

import dev.credbroker.outcome.Refusal;
import dev.credbroker.outcome.Refusal.DeniedBySts;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import dev.credbroker.outcome.Refusal.OperatorFault;
import dev.credbroker.outcome.Refusal.PackedPolicyTooLarge;
import dev.credbroker.outcome.Refusal.Throttled;
import dev.credbroker.outcome.Refusal.TokenExpired;
import dev.credbroker.outcome.Refusal.Unavailable;
import dev.credbroker.outcome.Refusal.Unverified;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.sts.ExchangeFailure;
import java.time.Duration;

/** What a failed exchange means for the caller. */
final class ExchangeRefusals {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private ExchangeRefusals() {}

    /**
     * What {@code failure} means for a caller that asked for {@code requested}. That STS refuses a duration which the
     * caller did not name is no mistake of the caller's.
     */
    static Refusal of(ExchangeFailure failure, RequestedDuration requested) {
        return switch (failure) {
            case ExchangeFailure.Denied denied -> new DeniedBySts();
            case ExchangeFailure.ProofRefused refused -> new Unverified("refused-by-sts");
            case ExchangeFailure.ProofExpired expired -> new TokenExpired("expired-at-sts");
            case ExchangeFailure.DurationRefused refused ->
                requested instanceof RequestedDuration.Named
                        ? new DurationExceedsMaximum(refused.longestSeconds(), refused.limit())
                        : new OperatorFault("longer-than-aws-allows");
            case ExchangeFailure.PackedPolicyTooLarge large -> new PackedPolicyTooLarge();
            case ExchangeFailure.Throttled throttled -> new Throttled(throttled.retryAfter());
            case ExchangeFailure.Unavailable unavailable -> new Unavailable("sts", unavailable.retryAfter());
            case ExchangeFailure.IssuerUnreachable unreachable -> new Unavailable("issuer-for-sts", RETRY);
            case ExchangeFailure.Misconfigured misconfigured ->
                new OperatorFault(misconfigured.fault().toString());
        };
    }
}
