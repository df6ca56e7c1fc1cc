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

    /**
     * Of one region, over all accounts: as many as there are connections, lest calls wait for those and their region be
     * thought to be down. One caller may have a fifth, however many accounts it names.
     */
    static final int PLACES_OF_REGION = 2000;

    static final int PLACES_OF_PRINCIPAL = PLACES_OF_REGION / 5;

    private final ConcurrentMap<Scope, Lane> lanes = new ConcurrentHashMap<>();
    private final ConcurrentMap<AwsRegion, Places> regions = new ConcurrentHashMap<>();
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
        return lanes.computeIfAbsent(
                scope, _ -> new Lane(concurrency, perSecond, places(scope.region()), nanos, alarm));
    }

    private Places places(AwsRegion region) {
        return regions.computeIfAbsent(region, _ -> new Places(PLACES_OF_REGION, PLACES_OF_PRINCIPAL));
    }
}
