package dev.credbroker.bench;

import dev.credbroker.packaged.Http;
import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.SimulatedWorld;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.StsFaults;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Callers who come at their own pace, whatever the answers, most of them known; and one trouble after the other. */
final class Traffic {

    /** What went on for a while. */
    record Episode(String what, Instant begin, Instant end) {}

    private static final int KNOWN = 40;
    private static final int LASTING = 10;

    private final SimulatedWorld world;
    private final List<PackagedBroker> brokers;
    private final List<String> known;
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger number = new AtomicInteger();
    private final List<Episode> episodes = new ArrayList<>();

    Traffic(SimulatedWorld world, List<PackagedBroker> brokers) {
        this.world = world;
        this.brokers = brokers;
        this.known = IntStream.range(0, KNOWN)
                .mapToObj(i -> world.token("known-" + i).sign())
                .toList();
    }

    /** Once. */
    List<Episode> run() throws InterruptedException {
        try (callers;
                clock) {
            var _ = every(20, i -> ask("batch-upload", known.get(i % KNOWN)));
            var _ = every(300, i -> ask("batch-upload?durationSeconds=43200", known.get(i % LASTING)));
            var _ = every(300, this::newcomer);
            var _ = every(1000, this::samlUser);
            var _ = every(250, this::refused);
            TimeUnit.SECONDS.sleep(20);
            crowd(10);
            trouble("STS throttles", StsFaults.throttling(), 12);
            trouble("STS takes 1.5 s", Fault.delay(Duration.ofMillis(1500)), 12);
            trouble("the region is disabled", StsFaults.regionDisabled(), 3);
            trouble("STS is down", StsFaults.serviceUnavailable(), 15);
            TimeUnit.SECONDS.sleep(15);
        }
        return episodes;
    }

    private Future<?> every(int millis, IntConsumer caller) {
        return clock.scheduleAtFixedRate(
                () -> callers.execute(() -> caller.accept(number.getAndIncrement())),
                millis,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void crowd(int seconds) throws InterruptedException {
        Future<?> crowd = every(15, this::newcomer);
        episode("a crowd of new users", seconds);
        var _ = crowd.cancel(false);
    }

    private void trouble(String what, Fault fault, int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(12);
        world.sts().faults().always(fault);
        episode(what, seconds);
        world.sts().faults().clear();
    }

    private void episode(String what, int seconds) throws InterruptedException {
        Instant begin = Instant.now();
        TimeUnit.SECONDS.sleep(seconds);
        episodes.add(new Episode(what, begin, Instant.now()));
    }

    private void newcomer(int i) {
        ask(i % 2 == 0 ? "batch-upload" : "deployer", world.token("new-" + i).sign());
    }

    private void samlUser(int i) {
        String response = world.response("saml-" + i).encode();
        var _ = Http.postForm(url() + "/v1/credentials", Map.of("role", "adfs-production", "samlResponse", response));
    }

    private void refused(int i) {
        switch (i % 4) {
            case 0 -> ask("batch-upload", "not-a-token");
            case 1 -> ask("batch-upload", expired());
            case 2 -> ask("unknown", known.getFirst());
            default -> ask("distrusting", known.getFirst());
        }
    }

    private String expired() {
        Instant now = Instant.now();
        return world.token("late")
                .issuedAt(now.minusSeconds(7200))
                .expires(now.minusSeconds(3600))
                .sign();
    }

    private void ask(String what, String token) {
        var _ = Http.get(url() + "/v1/credentials/" + what, "Authorization", "Bearer " + token);
    }

    /** Of any replica. */
    private String url() {
        return brokers.get(ThreadLocalRandom.current().nextInt(brokers.size())).url();
    }
}
