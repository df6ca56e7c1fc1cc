package dev.credbroker.cache;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Time passes by itself, in no time: what happens during a pause is a test's to say. */
final class TestWaiting implements Waiting {

    final List<Duration> pauses = new CopyOnWriteArrayList<>();
    final List<Duration> limits = new CopyOnWriteArrayList<>();
    private volatile Consumer<Duration> during = _ -> {};
    private volatile BooleanSupplier endless = () -> false;

    /** What happens while somebody pauses. */
    TestWaiting during(Consumer<Duration> happening) {
        during = happening;
        return this;
    }

    /** Whether what is waited for never comes. */
    TestWaiting endless(BooleanSupplier condition) {
        endless = condition;
        return this;
    }

    @Override
    public void pause(Duration time) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        pauses.add(time);
        during.accept(time);
    }

    @Override
    public <T> T await(Future<T> future, Duration most)
            throws InterruptedException, ExecutionException, TimeoutException {
        limits.add(most);
        if (endless.getAsBoolean()) {
            throw new TimeoutException();
        }
        return future.get();
    }
}
