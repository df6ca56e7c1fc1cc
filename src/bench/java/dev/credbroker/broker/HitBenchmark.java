package dev.credbroker.broker;

import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.simulator.World;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A whole hit below HTTP, without the writing of its audit line. */
@State(Scope.Benchmark)
public class HitBenchmark {

    private final World simulated = furnished();
    private final BrokerWorld world = BrokerWorld.of(simulated).audit(_ -> true).warm();
    private final CredentialRequest request = BrokerWorld.request(world.token());

    private static World furnished() {
        World world = new World();
        world.furnish();
        return world;
    }

    @Setup
    public void hold() {
        var _ = world.broker.obtain(request);
        if (!(held().orElseThrow() instanceof Issued)) {
            throw new IllegalStateException("nothing is held");
        }
    }

    @TearDown
    public void close() {
        world.close();
        simulated.close();
    }

    @Benchmark
    public Optional<Outcome> held() {
        return world.broker.held(request);
    }
}
