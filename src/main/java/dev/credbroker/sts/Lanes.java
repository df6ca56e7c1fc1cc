package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.session.SessionSpec;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;

/**
 * A lane for each account and region, as STS counts calls: those that carry a proof count for the role's account, those
 * that the broker signs for the broker's own.
 */
final class Lanes {

    /** A role with {@code *} for its account lets callers name accounts: lanes of which nobody makes use go. */
    private static final int MANY = 10_000;

    private static final String OWN_ACCOUNT = "own";

    private final ConcurrentMap<Scope, Lane> lanes = new ConcurrentHashMap<>();
    private final int concurrency;
    private final int perSecond;
    private final LongSupplier nanos;
    private final Alarm alarm;

    Lanes(int concurrency, int perSecond, LongSupplier nanos, Alarm alarm) {
        this.concurrency = concurrency;
        this.perSecond = perSecond;
        this.nanos = nanos;
        this.alarm = alarm;
    }

    /** What STS counts together. */
    private record Scope(String account, AwsRegion region) {}

    Lane of(SessionSpec spec) {
        Scope scope = new Scope(
                spec.operation() == StsOperation.ASSUME_ROLE
                        ? OWN_ACCOUNT
                        : spec.role().account(),
                spec.region());
        Lane lane = lanes.get(scope);
        if (lane != null) {
            return lane;
        }
        if (lanes.size() >= MANY) {
            lanes.values().removeIf(Lane::isIdle);
        }
        return lanes.computeIfAbsent(scope, _ -> new Lane(concurrency, perSecond, nanos, alarm));
    }
}
