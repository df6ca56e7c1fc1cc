package dev.credbroker.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Measures, prints, and writes {@code target/bench/performance.md}. Whatever goes wrong ends it with an error. */
public final class Benchmarks {

    private static final int CONNECTIONS = 16;

    private Benchmarks() {}

    public static void main(String... arguments) throws Exception {
        Settings settings = Settings.ofThisProgram();
        Report report = new Report();
        report.line("Measured %s on %d processors, Java %s, %s %s."
                .formatted(
                        Instant.now().truncatedTo(ChronoUnit.MINUTES),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version")));
        if (settings.wants("hits")) {
            try (Measured measured = new Measured(CONNECTIONS)) {
                new Hits(measured, settings).measure(report);
            }
        }
        if (settings.wants("profile")) {
            try (Measured measured = new Measured(CONNECTIONS)) {
                new Profile(measured, settings).measure(report);
            }
        }
        report.write(Path.of(System.getProperty("broker.home", "target/bench/quarkus-app"))
                .resolveSibling("performance.md"));
        System.exit(0);
    }
}
