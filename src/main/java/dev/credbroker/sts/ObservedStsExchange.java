package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Times each call to STS, and notes whether its region could be reached. */
public final class ObservedStsExchange implements StsExchange {

    private static final String SUCCESS = "success";

    /** What only a bug can bring about. */
    private static final String BROKEN = "broken";

    private final StsExchange exchange;
    private final StsRegions regions;
    private final MeterRegistry registry;

    public ObservedStsExchange(StsExchange exchange, StsRegions regions, MeterRegistry registry) {
        this.exchange = exchange;
        this.regions = regions;
        this.registry = registry;
    }

    @Override
    public SessionCredentials exchange(SessionPlan plan) {
        Timer.Sample call = Timer.start(registry);
        String result = BROKEN;
        try {
            SessionCredentials credentials = exchange.exchange(plan);
            result = SUCCESS;
            regions.called(plan.spec().region(), true);
            return credentials;
        } catch (ExchangeFailed e) {
            result = e.failure().label();
            note(plan, e.failure());
            throw e;
        } finally {
            call.stop(registry.timer(
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
                    Throttled _ -> regions.called(plan.spec().region(), true);
        }
    }
}
