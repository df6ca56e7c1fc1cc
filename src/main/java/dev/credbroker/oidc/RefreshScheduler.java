package dev.credbroker.oidc;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The port to threads and waiting. */
@FunctionalInterface
public interface RefreshScheduler {

    /**
     * Runs {@code task} once after {@code delay}, on a thread of its own that may block; never on the caller's. Drops
     * it once the program shuts down.
     */
    void after(Duration delay, Runnable task);

    /** Virtual threads, woken by {@code timer}, which is free again at once. */
    static RefreshScheduler on(ScheduledExecutorService timer) {
        return (delay, task) -> {
            Runnable wake = () -> Thread.ofVirtual().name("issuer-keys").start(task);
            if (delay.isZero()) {
                wake.run();
                return;
            }
            try {
                var _ = timer.schedule(wake, delay.toMillis(), TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                // The program shuts down: nobody needs the keys any more.
            }
        };
    }
}
