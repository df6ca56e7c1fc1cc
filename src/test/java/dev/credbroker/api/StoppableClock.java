package dev.credbroker.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Goes with the system's clock until it is stopped. */
final class StoppableClock implements InstantSource {

    private volatile Optional<Instant> stopped = Optional.empty();

    @Override
    public Instant instant() {
        return stopped.orElseGet(Instant::now);
    }

    void stopAt(Instant moment) {
        stopped = Optional.of(moment);
    }

    void run() {
        stopped = Optional.empty();
    }
}
