package dev.credbroker.cache;

import dev.credbroker.session.SessionKey;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.sts.ScriptedExchange;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Several replicas with one STS and one store, and time in the hands of a test. */
final class Replicas implements AutoCloseable {

    static final SealingKey KEY = Sealing.key("2026-a", 1);
    static final Duration PATIENCE = Duration.ofSeconds(6);

    final TestClock clock = new TestClock();
    final TestTicker ticker = new TestTicker();
    final TestWaiting waiting = new TestWaiting();
    final ScriptedExchange sts = new ScriptedExchange(clock);
    final InMemoryWire wire = new InMemoryWire(clock);
    final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    Replicas() {
        waiting.endless(wire::stuck);
        waiting.during(this::pass);
    }

    /** One that has just started. */
    CredentialCache replica(SealingKey... keys) {
        return replica(keys.length == 0 ? store(KEY) : store(keys));
    }

    CredentialCache replica(SharedStore store) {
        return new CredentialCache(
                sts,
                flight(store),
                CacheWorld.USUAL,
                1000,
                Thread::startVirtualThread,
                clock,
                ticker,
                () -> 0.5,
                Duration.ofMinutes(1));
    }

    SharedFlight flight(SharedStore store) {
        return new SharedFlight(store, clock, ticker, waiting, () -> 0.5, PATIENCE, 1000);
    }

    SealedSharedStore store(SealingKey... keys) {
        StoreGuard guard = new StoreGuard(Duration.ofMillis(50), threads, waiting, ticker, registry);
        return new SealedSharedStore(wire, guard, Sealing.sealer(keys), new SecureRandom(), clock);
    }

    String name(SessionKey key) {
        return Sealing.sealer(KEY).names(key).getFirst();
    }

    byte[] entry(SessionKey key) {
        return wire.contents().getOrDefault(name(key), new byte[0]);
    }

    void pass(Duration time) {
        clock.advance(time);
        ticker.advance(time);
    }

    long count(String command, String result) {
        Timer timer = registry.find(Meters.STORE_COMMANDS)
                .tags(Meters.COMMAND, command, Meters.RESULT, result)
                .timer();
        return timer == null ? 0 : timer.count();
    }

    Map<String, byte[]> contents() {
        return wire.contents();
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
