package dev.credbroker.cache;

import dev.credbroker.simulator.TestClock;
import dev.credbroker.sts.ScriptedExchange;
import java.time.Duration;
import java.util.concurrent.Executor;

/** A cache whose clock, ticker, STS and luck are in the hands of a test. */
final class CacheWorld {

    static final Freshness USUAL = new Freshness(0.5, 0.9, Duration.ofMinutes(2));

    final TestClock clock = new TestClock();
    final TestTicker ticker = new TestTicker();
    final ScriptedExchange sts = new ScriptedExchange(clock);
    final CredentialCache cache = cache(Thread::startVirtualThread, 1000);

    CredentialCache cache(Executor threads, int maximumSessions) {
        return cache(threads, maximumSessions, 0.5, Duration.ofMinutes(1));
    }

    CredentialCache cache(Executor threads, int maximumSessions, double luck, Duration patience) {
        return new CredentialCache(sts, USUAL, maximumSessions, threads, clock, ticker, () -> luck, patience);
    }

    /** Of both, as time passes. */
    void pass(Duration time) {
        clock.advance(time);
        ticker.advance(time);
    }
}
