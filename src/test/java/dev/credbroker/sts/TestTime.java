package dev.credbroker.sts;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Time and alarms in the hands of a test: an alarm rings while time is advanced past it. */
final class TestTime implements LongSupplier, Alarm {

    private final List<Set> alarms = new ArrayList<>();
    private long now = 1;

    private record Set(long at, Runnable action) {}

    @Override
    public synchronized long getAsLong() {
        return now;
    }

    @Override
    public synchronized void after(Duration delay, Runnable action) {
        alarms.add(new Set(now + delay.toNanos(), action));
    }

    /** Whether an alarm is set. */
    synchronized boolean isAwaited() {
        return !alarms.isEmpty();
    }

    void advance(Duration time) {
        long end = getAsLong() + time.toNanos();
        for (Set due = due(end); due != null; due = due(end)) {
            due.action().run();
        }
        synchronized (this) {
            now = end;
        }
    }

    private synchronized @Nullable Set due(long end) {
        Set first = alarms.stream().min(Comparator.comparingLong(Set::at)).orElse(null);
        if (first == null || first.at() > end) {
            return null;
        }
        alarms.remove(first);
        now = Math.max(now, first.at());
        return first;
    }
}
