package dev.credbroker.simulator.demo;

import dev.credbroker.simulator.DemoWorld;
import dev.credbroker.simulator.Simulator;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.io.PrintStream;
import java.time.InstantSource;
import java.util.Optional;

/** Starts the simulated world before the broker looks for its issuers, and says what to try. */
@ApplicationScoped
@IfBuildProfile("dev")
public class Demo {

    private static final int PORT = 8090;

    private Optional<Simulator> world = Optional.empty();

    void before(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        world = Optional.of(DemoWorld.start(PORT, InstantSource.system()));
    }

    void after(@Observes @Priority(Interceptor.Priority.PLATFORM_AFTER) StartupEvent event) {
        show(System.err);
    }

    void stop(@Observes ShutdownEvent event) {
        world.ifPresent(Simulator::close);
    }

    private static void show(PrintStream terminal) {
        terminal.println(DemoLines.TEXT);
    }
}
