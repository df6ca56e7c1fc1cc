package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Times each call to STS, and notes whether its region could be reached. */
final class ObservedStsCall implements StsCall {

    private static final String SUCCESS = "success";

    /** What only a bug can bring about. */
    private static final String BROKEN = "broken";

    private final StsCall call;
    private final StsRegions regions;
    private final MeterRegistry registry;

    ObservedStsCall(StsCall call, StsRegions regions, MeterRegistry registry) {
        this.call = call;
        this.regions = regions;
        this.registry = registry;
    }

    @Override
    public SessionCredentials call(SessionPlan plan, Duration timeout) {
        Timer.Sample sample = Timer.start(registry);
        String result = BROKEN;
        try {
            SessionCredentials credentials = call.call(plan, timeout);
            result = SUCCESS;
            regions.called(plan.spec().region(), true);
            return credentials;
        } catch (ExchangeFailed e) {
            result = e.failure().label();
            note(plan, e.failure());
            throw e;
        } finally {
            sample.stop(registry.timer(
                    Meters.STS_CALLS,
                    Meters.OPERATION,
                    plan.spec().operation().toString(),
                    Meters.REGION,
                    plan.spec().region().name(),
                    Meters.RESULT,
                    result));
        }
    }

    /** A "no" of STS is an answer; where the broker had no keys to ask with, nothing was learned. */
    private void note(SessionPlan plan, ExchangeFailure failure) {
        switch (failure) {
            case Unavailable _ -> regions.called(plan.spec().region(), false);
            case Misconfigured(Fault fault) when fault == Fault.OWN_CREDENTIALS_MISSING -> {}
            case Misconfigured _,
                    Denied _,
                    ProofRefused _,
                    ProofExpired _,
                    DurationRefused _,
                    PackedPolicyTooLarge _,
                    IssuerUnreachable _,
                    Throttled _ -> regions.called(plan.spec().region(), true);
        }
    }
}
