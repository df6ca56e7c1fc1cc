package dev.credbroker.api;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Whether this replica is about to go: readiness is off, requests are still answered, and each answer asks its client to
 * come back on another connection.
 */
@ApplicationScoped
public class Draining {

    private volatile boolean begun;

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        begun = true;
    }

    boolean hasBegun() {
        return begun;
    }
}
