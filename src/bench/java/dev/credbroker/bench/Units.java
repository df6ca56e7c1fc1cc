package dev.credbroker.bench;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The units that a request passes, each alone, by JMH: in time and in bytes that they allocate. */
final class Units {

    private static final int WARM_UPS = 3;
    private static final int MEASUREMENTS = 3;

    private final Settings settings;

    Units(Settings settings) {
        this.settings = settings;
    }

    void measure(Report report) throws RunnerException {
        TimeValue each = TimeValue.milliseconds(settings.run().toMillis() / 4);
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include("dev\\.credbroker\\..*Benchmark\\..*")
                        .mode(Mode.AverageTime)
                        .timeUnit(TimeUnit.MICROSECONDS)
                        .forks(1)
                        .warmupIterations(WARM_UPS)
                        .warmupTime(each)
                        .measurementIterations(MEASUREMENTS)
                        .measurementTime(each)
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        report.table("Units, alone (JMH)", "unit", "µs", "± (99.9 %)", "bytes allocated");
        results.forEach(result -> row(report, result));
    }

    private static void row(Report report, RunResult result) {
        var time = result.getPrimaryResult();
        String allocated = Optional.ofNullable(result.getSecondaryResults().get("gc.alloc.rate.norm"))
                .map(bytes -> String.format(Locale.ROOT, "%,.0f", bytes.getScore()))
                .orElse("unknown");
        report.row(
                "`" + name(result) + "`",
                Report.number(time.getScore()),
                Report.number(time.getScoreError()),
                allocated);
    }

    private static String name(RunResult result) {
        String benchmark = result.getParams().getBenchmark();
        int method = benchmark.lastIndexOf('.');
        return benchmark.substring(benchmark.lastIndexOf('.', method - 1) + 1).replace("Benchmark", "");
    }
}
