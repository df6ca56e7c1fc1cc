package dev.credbroker.packaged;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Processes that tests and measurements have started. */
public final class Processes {

    private Processes() {}

    /** Asks it to end, and ends it by force if it has not within {@code patience}, or this thread is interrupted. */
    public static void end(Process process, Duration patience) {
        process.destroy();
        try {
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
