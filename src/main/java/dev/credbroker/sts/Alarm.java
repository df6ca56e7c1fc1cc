package dev.credbroker.sts;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Has something done once, later. */
public interface Alarm {

    void after(Duration delay, Runnable action);

    /** By {@code timer}, whose threads must not be kept long. */
    static Alarm on(ScheduledExecutorService timer) {
        return (delay, action) -> {
            var _ = timer.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        };
    }
}
