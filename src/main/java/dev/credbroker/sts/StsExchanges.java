package dev.credbroker.sts;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Stacks what stands between the cache and STS. */
public final class StsExchanges {

    private StsExchanges() {}

    /**
     * The way to STS: protected, observed, through the SDK.
     *
     * @param nanos time that only ever runs on
     * @param alarm wakes calls whose turn has come
     * @param pause waits for about so long, in the thread that exchanges
     */
    public static StsExchange through(
            StsClients clients,
            SdkOwnCredentials ownCredentials,
            StsSettings settings,
            StsRegions regions,
            MeterRegistry registry,
            InstantSource clock,
            LongSupplier nanos,
            Alarm alarm,
            Consumer<Duration> pause) {
        StsCall call = new ObservedStsCall(new SdkStsCall(clients, ownCredentials, clock), regions, registry);
        Lanes lanes = new Lanes(settings.concurrency(), settings.callsPerSecond(), nanos, alarm);
        return new ProtectedStsExchange(
                new Gate(call, lanes, new Circuits(nanos), registry),
                settings.fallbackRegions(),
                settings.callTimeout(),
                nanos,
                pause);
    }
}
