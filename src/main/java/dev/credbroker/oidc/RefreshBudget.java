package dev.credbroker.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * How often strangers may make the broker fetch keys: three times at once, then once in 30 s. A token bucket, kept as
 * the moment at which it will be full again. Not safe for several threads.
 */
final class RefreshBudget {

    static final Duration PERIOD = Duration.ofSeconds(30);
    static final int BURST = 3;

    private final InstantSource clock;
    private Instant full;

    RefreshBudget(InstantSource clock) {
        this.clock = clock;
        this.full = clock.instant();
    }

    boolean left() {
        return !fullAfterOneMore().isAfter(clock.instant().plus(PERIOD.multipliedBy(BURST)));
    }

    boolean take() {
        boolean granted = left();
        if (granted) {
            full = fullAfterOneMore();
        }
        return granted;
    }

    private Instant fullAfterOneMore() {
        Instant now = clock.instant();
        boolean current = full.isAfter(now) && !full.isAfter(now.plus(PERIOD.multipliedBy(BURST)));
        return (current ? full : now).plus(PERIOD); // further off than ever: the clock was put back
    }
}
