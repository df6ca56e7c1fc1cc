package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/** The store that replicas share, in a Redis or Valkey server. */
public final class RedisSharedStore {

    private RedisSharedStore() {}

    /**
     * Does not wait for the server, nor for its being there.
     *
     * @param threads virtual ones
     */
    public static SharedStore open(
            RedisSettings settings,
            ExecutorService threads,
            Waiting waiting,
            InstantSource clock,
            Ticker ticker,
            MeterRegistry registry) {
        RespConnections connections =
                new RespConnections(() -> RespConnection.open(settings), settings.connections(), threads);
        StoreGuard guard = new StoreGuard(settings.commandTimeout(), threads, waiting, ticker, registry);
        Gauge.builder(Meters.STORE_REACHABLE, guard, state -> state.reachable() ? 1 : 0)
                .strongReference(true)
                .register(registry);
        connections.openOneMore();
        SecureRandom random = new SecureRandom();
        return new SealedSharedStore(
                new RedisWire(connections, settings.prefix()),
                guard,
                new CredentialSealer(settings.keys(), random),
                random,
                clock);
    }
}
