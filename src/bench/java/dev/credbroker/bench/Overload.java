package dev.credbroker.bench;

import dev.credbroker.simulator.http.Fault;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** One caller that wants ten times what the budget of STS calls allows, beside modest ones that are new each time. */
final class Overload {

    private static final int BUDGET = 100;
    private static final int FLOOD_PER_SECOND = 10 * BUDGET;
    private static final int MODEST_PER_SECOND = 20;
    private static final int PROBES_PER_SECOND = 5;
    private static final int SHORTEST = 900;
    private static final int DURATIONS = 42_301;
    private static final Duration STS = Duration.ofMillis(20);
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private final Duration time;

    Overload(Settings settings) {
        this.time = settings.overload();
    }

    void measure(Report report) throws InterruptedException, ExecutionException {
        try (Measured measured = new Measured(16, "-Dbroker.sts.calls-per-second=" + BUDGET);
                ExecutorService threads = Executors.newThreadPerTaskExecutor(Thread::new)) {
            measured.sts().faults().always(Fault.delay(STS));
            var _ = modest(measured, WARM_UP);
            var _ = flood(measured, WARM_UP);
            Load alone = modest(measured, time);
            double before = measured.process().residentMegabytes();
            Future<Flood> flood = threads.submit(() -> flood(measured, time));
            Future<Load> probes = threads.submit(() -> probes(measured));
            Load beside = modest(measured, time);
            tell(report, alone, beside, flood.get(), probes.get(), before, measured.process());
        }
    }

    /** What came of the flood: sessions, and refusals. */
    private record Flood(Load all, Histogram refusals) {

        double givenPerSecond() {
            return (all.requests() - refusals.getTotalCount()) * all.perSecond() / all.requests();
        }
    }

    private static Load modest(Measured measured, Duration time) {
        String crowd = UUID.randomUUID().toString();
        List<byte[]> requests = IntStream.range(0, times(MODEST_PER_SECOND, time))
                .parallel()
                .mapToObj(user -> Requests.get(Measured.HIT, measured.token(crowd + user)))
                .toList();
        try (LoadGenerator generator = measured.generator(32)) {
            return generator.each(requests, MODEST_PER_SECOND);
        }
    }

    /** Another duration each time, which is another session each time. */
    private static Flood flood(Measured measured, Duration time) {
        String token = measured.token("flooder-of-" + time);
        List<byte[]> requests = IntStream.range(0, times(FLOOD_PER_SECOND, time))
                .mapToObj(i -> Requests.get(Measured.HIT + "?durationSeconds=" + (SHORTEST + i % DURATIONS), token))
                .toList();
        try (LoadGenerator generator = measured.generator(512).takingRefusals()) {
            Load load = generator.each(requests, FLOOD_PER_SECOND);
            return new Flood(load, generator.refusals());
        }
    }

    private Load probes(Measured measured) {
        byte[] request = Requests.get("/q/health/live", "none");
        int port = Measured.port(measured.broker().managementUrl());
        try (LoadGenerator generator = new LoadGenerator(port, 4)) {
            return generator.repeat(request, time, PROBES_PER_SECOND);
        }
    }

    private static int times(int perSecond, Duration time) {
        return (int) (perSecond * time.toSeconds());
    }

    private void tell(
            Report report, Load alone, Load beside, Flood flood, Load probes, double before, ProcessFigures process) {
        report.table(
                "One caller at %,d requests/s beside %d others a second, each new; %d calls to STS a second, of %d ms; %d s"
                        .formatted(FLOOD_PER_SECOND, MODEST_PER_SECOND, BUDGET, STS.toMillis(), time.toSeconds()),
                "what",
                "measured",
                "wanted");
        report.row("others alone, p50 and p99 ms", pair(alone), "");
        report.row("others beside the one, p50 and p99 ms", pair(beside), "");
        report.row(
                "p99 of the others, beside the one to alone",
                Report.number(beside.millisAt(99) / alone.millisAt(99)),
                "at most 2");
        report.row(
                "sessions a second, of all callers",
                Report.number(flood.givenPerSecond() + beside.perSecond()),
                "at least " + BUDGET * 9 / 10);
        report.row(
                "refusals (429) of the one, a second",
                Report.number(flood.all().perSecond() - flood.givenPerSecond()),
                "");
        report.row(
                "refusals, p50 and p99 ms",
                Report.number(flood.refusals().getValueAtPercentile(50) / 1e6) + ", "
                        + Report.number(flood.refusals().getValueAtPercentile(99) / 1e6),
                "under 50");
        report.row("health meanwhile, p99 ms", Report.number(probes.millisAt(99)), "under 100");
        report.row(
                "resident memory before and after, MB",
                Report.number(before) + ", " + Report.number(process.residentMegabytes()),
                "flat");
    }

    private static String pair(Load load) {
        return Report.number(load.millisAt(50)) + ", " + Report.number(load.millisAt(99));
    }
}
