package dev.credbroker.oidc;

import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Runs tasks on the test's own thread, when the test lets the time pass. */
public final class TestScheduler implements RefreshScheduler {

    private record Planned(Instant due, Runnable task) {}

    private final TestClock clock;
    private final List<Planned> planned = new ArrayList<>();

    public TestScheduler(TestClock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void after(Duration delay, Runnable task) {
        planned.add(new Planned(clock.instant().plus(delay), task));
    }

    /** Runs what is due. */
    public void run() {
        advance(Duration.ZERO);
    }

    /** Lets the time pass; each task sees the moment for which it was planned. */
    public void advance(Duration span) {
        Instant end = clock.instant().plus(span);
        for (Optional<Planned> next = next(end); next.isPresent(); next = next(end)) {
            clock.turnTo(next.get().due().isAfter(clock.instant()) ? next.get().due() : clock.instant());
            next.get().task().run();
        }
        clock.turnTo(end);
    }

    /** How long until the next task. */
    public synchronized Duration pause() {
        return planned.stream()
                .map(Planned::due)
                .min(Comparator.naturalOrder())
                .map(due -> Duration.between(clock.instant(), due))
                .orElseThrow();
    }

    public synchronized int waiting() {
        return planned.size();
    }

    private synchronized Optional<Planned> next(Instant end) {
        Optional<Planned> next =
                planned.stream().filter(task -> !task.due().isAfter(end)).min(Comparator.comparing(Planned::due));
        next.ifPresent(planned::remove);
        return next;
    }
}
