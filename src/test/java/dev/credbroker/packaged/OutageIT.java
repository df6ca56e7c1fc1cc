package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.StsFaults;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers have of a broker whose STS, or whose issuer, is in trouble, or which is asked for more than it may ask of STS. */
@Timeout(120)
class OutageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    /** For all tests: who has been served once is held. */
    private static final AtomicInteger strangers = new AtomicInteger();

    /** Of two seconds, so that what hangs does not hold up the tests; and a pace that few callers exceed. */
    private static SimulatedWorld world;

    @BeforeAll
    static void start() {
        world = new SimulatedWorld("-Dbroker.sts.call-timeout=2s", "-Dbroker.sts.calls-per-second=20").awaitReady();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @AfterEach
    void heal() {
        world.sts().faults().clear();
        assertThat(recovers()).as("a new caller is served again").isTrue();
        assertThat(metrics()).as("all is well").contains("broker_degraded 0.0");
    }

    static Stream<Fault> troubles() {
        return Stream.of(
                StsFaults.internalFailure(),
                StsFaults.serviceUnavailable(),
                StsFaults.throttling(),
                Fault.cut(),
                Fault.truncate(),
                Fault.stall(),
                Fault.delay(Duration.ofSeconds(10)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void sts_inTrouble_leavesHitsAloneAndTellsOthersWhenToComeBack(Fault trouble) {
        assertThat(credentials("holder").statusCode()).isEqualTo(200);
        world.sts().faults().always(trouble);
        int before = world.sts().arrivals();
        Instant begin = Instant.now();

        HttpResponse<String> missed = credentials("late-" + begin.toEpochMilli());

        assertThat(missed.statusCode()).isIn(429, 503);
        assertThat(missed.body()).contains("\"retryable\":true");
        assertThat(missed.headers().firstValueAsLong("Retry-After").orElseThrow())
                .isBetween(1L, 30L);
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(10));
        assertThat(world.sts().arrivals() - before).isBetween(0, 2);
        HttpResponse<String> hit = credentials("holder");
        assertThat(hit.statusCode()).isEqualTo(200);
        assertThat(hit.headers().firstValue("Cache-Status").orElseThrow()).contains("; hit");
    }

    @Test
    void sts_down_isToldInHealthAndMetricsOfAReadyReplica() {
        world.sts().faults().always(StsFaults.serviceUnavailable());
        for (int i = 0; i < 3; i++) {
            assertThat(credentials("sick-" + strangers.incrementAndGet()).statusCode())
                    .isEqualTo(503);
        }

        HttpResponse<String> health = Http.get(world.broker().managementUrl() + "/q/health/ready");
        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(health.body()).contains("\"sts.eu-west-1\": \"unreachable\"", "\"degraded\": true");
        assertThat(metrics())
                .contains("broker_degraded 1.0")
                .contains("broker_sts_reachable{region=\"eu-west-1\"} 0.0")
                .contains("broker_sts_held_back_total{reason=\"circuit\",region=\"eu-west-1\"}");
    }

    @Test
    void threads_afterManyTroubles_areNoMoreThanBefore() {
        assertThat(credentials("holder").statusCode()).isEqualTo(200);
        double before = threads();
        world.sts().faults().always(Fault.stall());
        everyone(40, _ -> credentials("stuck-" + strangers.incrementAndGet()));

        assertThat(Polling.until(() -> threads() <= before + 10, Duration.ofSeconds(20)))
                .as("%s threads before, %s after", before, threads())
                .isTrue();
    }

    /** A thousand in the benchmark; here as many as make the point. */
    @Test
    void stampede_onOneKey_isOneCall() {
        int before = world.sts().arrivals();

        List<HttpResponse<String>> answers = everyone(200, _ -> credentials("herd"));

        assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(200);
        assertThat(world.sts().arrivals() - before).isOne();
        assertThat(answers)
                .extracting(HttpResponse::body)
                .containsOnly(answers.getFirst().body());
    }

    /** One who varies what it asks for, on and on, beside those who ask once in a while. */
    @Test
    void flood_ofOneCaller_isRefusedAndOthersAreServed() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger seconds = new AtomicInteger(900);
        List<Integer> flooder = Collections.synchronizedList(new ArrayList<>());
        List<Integer> others = new ArrayList<>();
        String token = world.token("flooder").sign();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> flood = IntStream.range(0, 64)
                    .<Future<?>>mapToObj(_ -> callers.submit(() -> {
                        while (!over.get()) {
                            flooder.add(credentials(token, "?durationSeconds=" + seconds.incrementAndGet())
                                    .statusCode());
                        }
                    }))
                    .toList();
            assertThat(Polling.until(() -> flooder.contains(429), Duration.ofSeconds(20)))
                    .as("the flood is over the budget")
                    .isTrue();

            for (int i = 0; i < 10; i++) {
                others.add(credentials("modest-" + i).statusCode());
            }
            over.set(true);
            for (Future<?> caller : flood) {
                caller.get();
            }
        }

        assertThat(others).containsOnly(200);
        assertThat(flooder).contains(200, 429).containsOnly(200, 429);
        assertThat(Http.get(world.broker().managementUrl() + "/q/health/live").statusCode())
                .isEqualTo(200);
    }

    @Test
    void issuerAndSts_bothDown_leaveHitsAlone() {
        String token = world.token("holder").sign();
        assertThat(credentials(token, "").statusCode()).isEqualTo(200);
        world.sts().faults().always(Fault.cut());
        world.issuer().failAlways(Fault.cut());
        try {
            HttpResponse<String> hit = credentials(world.token("holder").sign(), "");

            assertThat(hit.statusCode()).isEqualTo(200);
            assertThat(hit.headers().firstValue("Cache-Status").orElseThrow()).contains("; hit");
        } finally {
            world.issuer().clearFaults();
        }
    }

    private boolean recovers() {
        return Polling.until(
                () -> credentials("healed-" + strangers.incrementAndGet()).statusCode() == 200, RECOVERY);
    }

    private static HttpResponse<String> credentials(String subject) {
        return credentials(world.token(subject).sign(), "");
    }

    private static HttpResponse<String> credentials(String token, String query) {
        return Http.get(
                world.broker().url() + "/v1/credentials/batch-upload" + query, "Authorization", "Bearer " + token);
    }

    private static String metrics() {
        return Http.get(world.broker().managementUrl() + "/q/metrics").body();
    }

    private static double threads() {
        return metrics()
                .lines()
                .filter(line -> line.startsWith("jvm_threads_live_threads "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private interface Asking {
        HttpResponse<String> ask(int number);
    }

    private static List<HttpResponse<String>> everyone(int callers, Asking asking) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<HttpResponse<String>>> asked = IntStream.range(0, callers)
                    .mapToObj(number -> threads.submit(() -> asking.ask(number)))
                    .toList();
            List<HttpResponse<String>> answers = new ArrayList<>();
            for (Future<HttpResponse<String>> answer : asked) {
                answers.add(answer.get());
            }
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError("a caller got no answer", e);
        }
    }
}
