package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Stands still until it is moved. */
public final class TestTicker implements Ticker {

    private final AtomicLong nanoseconds = new AtomicLong();

    @Override
    public long read() {
        return nanoseconds.get();
    }

    public void advance(Duration time) {
        nanoseconds.addAndGet(time.toNanos());
    }
}
