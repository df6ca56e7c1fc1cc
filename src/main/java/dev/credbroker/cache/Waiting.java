package dev.credbroker.cache;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** How a thread waits: for a while, or for what another thread does. */
public interface Waiting {

    void pause(Duration time) throws InterruptedException;

    /** @throws TimeoutException if it takes longer than {@code most} */
    <T> T await(Future<T> future, Duration most) throws InterruptedException, ExecutionException, TimeoutException;

    /** By the clock of the machine. */
    static Waiting really() {
        return new Waiting() {
            @Override
            public void pause(Duration time) throws InterruptedException {
                Thread.sleep(time);
            }

            @Override
            public <T> T await(Future<T> future, Duration most)
                    throws InterruptedException, ExecutionException, TimeoutException {
                return future.get(most.toNanos(), TimeUnit.NANOSECONDS);
            }
        };
    }
}
