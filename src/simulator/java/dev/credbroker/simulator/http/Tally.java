package dev.credbroker.simulator.http;

import java.time.Duration;

/** A counter that can be waited for. */
public final class Tally {

    private final String what;
    private int count;

    /**
     * Starts at zero.
     *
     * @param what is counted, for the message of a wait that was in vain
     */
    public Tally(String what) {
        this.what = what;
    }

    public synchronized void increment() {
        count++;
        notifyAll();
    }

    public synchronized int count() {
        return count;
    }

    /**
     * Waits until the count is reached.
     *
     * @throws IllegalStateException if that is not in time
     */
    public synchronized void await(int atLeast, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            while (count < atLeast) {
                long left = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
                if (left <= 0) {
                    throw new IllegalStateException("%d of %d %s after %s".formatted(count, atLeast, what, timeout));
                }
                wait(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + what, e);
        }
    }
}
