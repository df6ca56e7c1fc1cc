package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/** Leaves a store alone that has failed several times in a row: then only one command every few seconds tries it. */
final class StoreBreaker {

    private static final int MOST_FAILURES = 3;
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final Ticker ticker;
    private int failures;
    private long until;

    StoreBreaker(Ticker ticker) {
        this.ticker = ticker;
    }

    /** Whether the next command may go ahead; its end must be told. */
    synchronized boolean admits() {
        if (closed()) {
            return true;
        }
        if (ticker.read() - until < 0) {
            return false;
        }
        until = ticker.read() + PAUSE.toNanos();
        return true;
    }

    /** Whether that ended a pause. */
    synchronized boolean succeeded() {
        boolean ended = !closed();
        failures = 0;
        return ended;
    }

    /** Whether that began a pause. */
    synchronized boolean failed() {
        if (!closed() || ++failures < MOST_FAILURES) {
            return false;
        }
        until = ticker.read() + PAUSE.toNanos();
        return true;
    }

    /** Whether commands go ahead. */
    synchronized boolean closed() {
        return failures < MOST_FAILURES;
    }
}
