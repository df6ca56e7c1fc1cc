package dev.credbroker.planted.wiring;

import dev.credbroker.planted.secret.Ground;
import java.time.Instant;

/** Keeps every rule: the highest line uses the lowest, and reads the time. */
public record Top(Ground ground) {

    public static Instant now() {
        return Instant.now();
    }
}
