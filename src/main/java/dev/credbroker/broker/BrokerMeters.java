package dev.credbroker.broker;

import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.outcome.Refusal.OperatorFault;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts answers. */
public final class BrokerMeters {

    private static final String NONE = "none";
    private static final String SUCCESS = "Success";

    private final MeterRegistry registry;

    /** To look a counter up in the registry takes longer than all else that counting does. */
    private final Map<Kind, Counter> answers = new ConcurrentHashMap<>();

    private record Kind(String code, String source) {}

    public BrokerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void issued(Issued issued) {
        count(SUCCESS, issued.source().toString());
    }

    void refused(Refusal refusal) {
        count(refusal.code(), NONE);
        if (refusal instanceof OperatorFault fault) {
            registry.counter(Meters.OPERATOR_FAULTS, Meters.FAULT, fault.reason())
                    .increment();
        }
    }

    private void count(String code, String source) {
        answers.computeIfAbsent(
                        new Kind(code, source),
                        kind -> registry.counter(
                                Meters.ANSWERS, Meters.CODE, kind.code(), Meters.SOURCE, kind.source()))
                .increment();
    }
}
