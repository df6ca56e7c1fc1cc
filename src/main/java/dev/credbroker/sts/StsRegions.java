package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Which regions' STS has been called, and whether it could be reached: for health, and as a gauge. */
public final class StsRegions {

    private final ConcurrentMap<AwsRegion, RegionState> states = new ConcurrentHashMap<>();
    private final InstantSource clock;
    private final MeterRegistry registry;

    public StsRegions(InstantSource clock, MeterRegistry registry) {
        this.clock = clock;
        this.registry = registry;
    }

    /** By name; a region that was never called is not among them. */
    public List<RegionState> states() {
        return states.values().stream()
                .sorted(Comparator.comparing(state -> state.region().name()))
                .toList();
    }

    void called(AwsRegion region, boolean reached) {
        states.computeIfAbsent(region, this::firstSeen);
        states.computeIfPresent(region, (name, before) -> before.at(clock.instant(), reached));
    }

    /** A region counts as reachable until a call has said otherwise. */
    private RegionState firstSeen(AwsRegion region) {
        watch(region);
        return new RegionState(region, true, clock.instant());
    }

    private void watch(AwsRegion region) {
        Gauge.builder(Meters.STS_REACHABLE, states, known -> isReachable(known, region) ? 1 : 0)
                .tag(Meters.REGION, region.name())
                .strongReference(true)
                .register(registry);
    }

    private static boolean isReachable(ConcurrentMap<AwsRegion, RegionState> known, AwsRegion region) {
        RegionState state = known.get(region);
        return state != null && state.reachable();
    }
}
