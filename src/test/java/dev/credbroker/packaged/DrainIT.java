package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.http.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A replica that is told to go, under load: nobody who asks it before all have noticed is left without an answer. */
@Timeout(120)
class DrainIT {

    private static final int CALLERS = 4;
    private static final String DELAY = "-Dquarkus.shutdown.delay=3s";

    @Test
    void terminate_underLoad_turnsReadinessOffAndLosesNoAnswer() throws Exception {
        try (SimulatedWorld world = new SimulatedWorld(DELAY).awaitReady();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Load load = new Load(world);
            List<Future<?>> calling = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                calling.add(callers.submit(load::call));
            }
            load.await(seen -> seen >= 20);

            world.broker().terminate();
            boolean off = Polling.until(() -> readiness(world) == 503, Duration.ofSeconds(2));
            int before = load.answers.get();
            load.await(seen -> seen >= before + 20);
            load.over.set(true);
            for (Future<?> caller : calling) {
                caller.get();
            }

            assertThat(off).as("readiness is off at once").isTrue();
            assertThat(load.failures).isEmpty();
            assertThat(load.asksToLeave)
                    .as("answers after the signal ask their clients to come back elsewhere")
                    .hasPositiveValue();
            assertThat(world.broker().awaitExitCode()).isEqualTo(143);
        }
    }

    @Test
    void terminate_whileStsIsSlow_waitsForTheAnswer() throws Exception {
        try (SimulatedWorld world = new SimulatedWorld("-Dquarkus.shutdown.delay=1s").awaitReady();
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            world.sts().faults().next(1, Fault.delay(Duration.ofSeconds(3)));
            int before = world.sts().arrivals();
            Future<HttpResponse<String>> slow = callers.submit(() -> credentials(world, "slow"));
            assertThat(Polling.until(() -> world.sts().arrivals() > before, Duration.ofSeconds(10)))
                    .isTrue();

            world.broker().terminate();

            assertThat(answered(slow).statusCode()).isEqualTo(200);
            assertThat(world.broker().awaitExitCode()).isEqualTo(143);
            assertThat(world.broker().audit()).contains("\"subject\":\"slow\"");
        }
    }

    private static HttpResponse<String> answered(Future<HttpResponse<String>> caller) throws InterruptedException {
        try {
            return caller.get();
        } catch (ExecutionException e) {
            throw new AssertionError("no answer", e.getCause());
        }
    }

    private static int readiness(SimulatedWorld world) {
        return Http.tryGet(world.broker().managementUrl() + "/q/health/ready")
                .map(HttpResponse::statusCode)
                .orElse(0);
    }

    private static HttpResponse<String> credentials(SimulatedWorld world, String subject) {
        return Http.get(
                world.broker().url() + "/v1/credentials/batch-upload",
                "Authorization",
                "Bearer " + world.token(subject).sign());
    }

    /** Callers who ask on and on, and what they saw. */
    private static final class Load {

        private final SimulatedWorld world;
        private final String token;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicInteger answers = new AtomicInteger();
        private final AtomicInteger asksToLeave = new AtomicInteger();
        private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

        Load(SimulatedWorld world) {
            this.world = world;
            this.token = world.token("alice").sign();
        }

        void call() {
            while (!over.get()) {
                try {
                    HttpResponse<String> answer = Http.get(
                            world.broker().url() + "/v1/credentials/batch-upload", "Authorization", "Bearer " + token);
                    if (answer.statusCode() != 200 || !answer.body().endsWith("}")) {
                        failures.add(answer.statusCode() + " " + answer.body());
                    }
                    if (answer.headers()
                            .firstValue("Connection")
                            .filter("close"::equalsIgnoreCase)
                            .isPresent()) {
                        asksToLeave.incrementAndGet();
                    }
                } catch (RuntimeException e) {
                    failures.add(String.valueOf(e.getCause()));
                }
                answers.incrementAndGet();
            }
        }

        void await(IntPredicate enough) {
            assertThat(Polling.until(() -> enough.test(answers.get()), Duration.ofSeconds(30)))
                    .as("the callers are served")
                    .isTrue();
        }
    }
}
