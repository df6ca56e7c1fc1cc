package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Asks STS with care: each call waits for its turn, a region that does not answer is left alone for a while, and what may
 * pass is tried once more, in the next region where one is configured; all that within one deadline.
 */
final class ProtectedStsExchange implements StsExchange {

    /** Between two calls of the same region. */
    private static final Duration BREATH = Duration.ofMillis(100);

    /** Of the time that is left, the part that waiting for a turn may be expected to take; twice that at most. */
    private static final int PART_FOR_WAITING = 4;

    private final Gate gate;
    private final List<AwsRegion> fallbacks;
    private final Duration patience;
    private final LongSupplier nanos;
    private final Consumer<Duration> pause;

    /**
     * @param fallbacks tried in this order, where they lie in the plan's partition
     * @param patience how long an exchange may take with everything
     * @param nanos time that only ever runs on
     * @param pause waits for about so long
     */
    ProtectedStsExchange(
            Gate gate, List<AwsRegion> fallbacks, Duration patience, LongSupplier nanos, Consumer<Duration> pause) {
        this.gate = gate;
        this.fallbacks = List.copyOf(fallbacks);
        this.patience = patience;
        this.nanos = nanos;
        this.pause = pause;
    }

    @Override
    public SessionCredentials exchange(SessionPlan plan) {
        long end = nanos.getAsLong() + patience.toNanos();
        List<AwsRegion> others = others(plan);
        return others.isEmpty() ? twice(plan, end) : inTurn(plan, others, end);
    }

    private List<AwsRegion> others(SessionPlan plan) {
        AwsRegion own = plan.spec().region();
        return fallbacks.stream()
                .filter(region -> region.partition().equals(own.partition()) && !region.equals(own))
                .toList();
    }

    /** What is held back here is not tried again: a moment later it would be held back again. */
    private SessionCredentials twice(SessionPlan plan, long end) {
        Gate.Passage first = enter(plan, left(end));
        try {
            return first.call(left(end));
        } catch (ExchangeFailed e) {
            if (!e.failure().mayPass() || left(end).compareTo(BREATH.multipliedBy(2)) <= 0) {
                throw e;
            }
        }
        pause.accept(BREATH);
        return enter(plan, left(end)).call(left(end));
    }

    /** Each region has its share of the time, lest one that hangs leave none to the next. */
    private SessionCredentials inTurn(SessionPlan plan, List<AwsRegion> others, long end) {
        try {
            return asked(plan, left(end).dividedBy(others.size() + 1L));
        } catch (ExchangeFailed e) {
            if (!e.failure().mayPass()) {
                throw e;
            }
        }
        List<AwsRegion> rest = others.subList(1, others.size());
        SessionPlan elsewhere = plan.in(others.getFirst());
        return rest.isEmpty() ? asked(elsewhere, left(end)) : inTurn(elsewhere, rest, end);
    }

    private SessionCredentials asked(SessionPlan plan, Duration share) {
        long end = nanos.getAsLong() + share.toNanos();
        return enter(plan, share).call(left(end));
    }

    private Gate.Passage enter(SessionPlan plan, Duration left) {
        return gate.enter(plan, left.dividedBy(PART_FOR_WAITING));
    }

    /** The SDK takes no timeout of nothing. */
    private Duration left(long end) {
        return Duration.ofNanos(Math.max(Duration.ofMillis(1).toNanos(), end - nanos.getAsLong()));
    }
}
