package dev.credbroker.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Hits beside bare endpoints of the same size, in turn. */
final class Hits {

    private static final int PACED_PER_SECOND = 1000;
    /** By number and not by time: on a busy machine the compilers come late. */
    private static final int WARM_UP = 100_000;

    private final Measured measured;
    private final Settings settings;

    Hits(Measured measured, Settings settings) {
        this.measured = measured;
        this.settings = settings;
    }

    void measure(Report report) {
        Map<String, String> targets = new LinkedHashMap<>();
        targets.put("hit", Measured.HIT);
        targets.put("bare, with audit line", Measured.AUDITED);
        targets.put("bare, without", Measured.CONSTANT);
        targets.put("bare Vert.x route, with audit line", "/bare-route/audited");
        targets.put("bare Vert.x route, without", "/bare-route/constant");
        for (int i = 0; i < 2; i++) {
            targets.values().forEach(this::warmUp);
        }
        Map<String, List<Load>> saturated = new LinkedHashMap<>();
        Map<String, List<Load>> paced = new LinkedHashMap<>();
        for (int run = 0; run < settings.runs(); run++) {
            targets.forEach((name, target) -> {
                saturated.computeIfAbsent(name, _ -> new ArrayList<>()).add(saturated(target, settings.run()));
                paced.computeIfAbsent(name, _ -> new ArrayList<>()).add(paced(target));
            });
        }
        report.table(
                "Hits, as fast as they go: medians of %d runs of %d s in turn (least to most)"
                        .formatted(settings.runs(), settings.run().toSeconds()),
                "endpoint",
                "requests/s",
                "CPU of the program, µs a request",
                "CPU of the generator, µs a request",
                "p50 ms",
                "p99 ms");
        saturated.forEach((name, loads) -> row(report, name, new Series(loads)));
        report.table(
                "The same at %,d requests/s".formatted(PACED_PER_SECOND),
                "endpoint",
                "requests/s",
                "CPU of the program, µs a request",
                "CPU of the generator, µs a request",
                "p50 ms",
                "p99 ms");
        paced.forEach((name, loads) -> row(report, name, new Series(loads)));
        ratios(report, saturated, paced);
    }

    private static void row(Report report, String name, Series series) {
        report.row(
                name,
                series.told(Load::perSecond),
                series.told(Load::serverMicros),
                series.told(Load::generatorMicros),
                series.told(load -> load.millisAt(50)),
                series.told(load -> load.millisAt(99)));
    }

    private static void ratios(Report report, Map<String, List<Load>> saturated, Map<String, List<Load>> paced) {
        report.table("Hits as ratios", "what", "measured", "wanted");
        List.of("bare, with audit line", "bare, without").forEach(bare -> {
            double throughput = ratio(saturated, "hit", bare, Load::perSecond);
            report.row(
                    "throughput of a hit to " + bare,
                    Report.number(throughput),
                    bare.endsWith("line") ? "at least 0.85" : "at least 0.6");
            report.row(
                    "CPU of the program for " + bare + " to that of a hit",
                    Report.number(ratio(saturated, bare, "hit", Load::serverMicros)),
                    "");
        });
        report.row(
                "p99 of a hit to bare, with audit line, as fast as they go",
                Report.number(ratio(saturated, "hit", "bare, with audit line", load -> load.millisAt(99))),
                "under 2");
        report.row(
                "the same at a fixed rate",
                Report.number(ratio(paced, "hit", "bare, with audit line", load -> load.millisAt(99))),
                "under 2");
    }

    private static double ratio(
            Map<String, List<Load>> loads, String one, String other, ToDoubleFunction<Load> figure) {
        return new Series(loads.getOrDefault(one, List.of())).median(figure)
                / new Series(loads.getOrDefault(other, List.of())).median(figure);
    }

    private void warmUp(String target) {
        var _ = measured.cost(generator -> generator.each(Collections.nCopies(WARM_UP, measured.request(target))));
    }

    private Load saturated(String target, Duration time) {
        return measured.cost(generator -> generator.repeat(measured.request(target), time));
    }

    private Load paced(String target) {
        Duration time = settings.run().dividedBy(2);
        return measured.cost(generator -> generator.repeat(measured.request(target), time, PACED_PER_SECOND));
    }
}
