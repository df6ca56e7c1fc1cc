package dev.credbroker.api;

import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** What the running broker takes from the world of the tests, in place of its own. */
@ApplicationScoped
class WorldWiring {

    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    InstantSource clock() {
        return RunningWorld.brokerClock();
    }

    /** Nothing that is held is forgotten by age, so that it can be counted. */
    @Produces
    @Singleton
    @Alternative
    @Priority(1)
    Ticker ticker() {
        return () -> 0;
    }
}
