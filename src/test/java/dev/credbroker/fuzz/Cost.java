package dev.credbroker.fuzz;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one input may cost: 50 ms of CPU.
 *
 * <p>Measured is what the thread itself has used, so a busy machine takes nothing away. The first time pays for loading and compiling
 * classes, so an input is too dear only if it is so each of several times.
 */
public final class Cost {

    private static final Duration MOST = Duration.ofMillis(50);
    private static final int TRIES = 5;

    private Cost() {}

    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T result() throws E;
    }

    /** What {@code work} results in, which must not depend on how often it is done. */
    public static <T, E extends Exception> T bounded(Work<T, E> work) throws E {
        Duration least = Duration.ofDays(1);
        for (int i = 0; i < TRIES; i++) {
            Duration begun = used();
            T result = work.result();
            Duration taken = used().minus(begun);
            if (taken.compareTo(MOST) <= 0) {
                return result;
            }
            least = taken.compareTo(least) < 0 ? taken : least;
        }
        throw new AssertionError("%d times over, no time under %d ms of CPU".formatted(TRIES, least.toMillis()));
    }

    private static Duration used() {
        return Duration.of(
                ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime(), TimeUnit.NANOSECONDS.toChronoUnit());
    }
}
