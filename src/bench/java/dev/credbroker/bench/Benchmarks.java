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
        report.line("Measured %s; %s.".formatted(Instant.now().truncatedTo(ChronoUnit.MINUTES), Machine.described()));
        measure(report, settings);
        report.write(Path.of(System.getProperty("broker.home", "target/bench/quarkus-app"))
                .resolveSibling("performance.md"));
        System.exit(0);
    }

    /** What needs the program as it stands in one process, then what starts its own. */
    private static void measure(Report report, Settings settings) throws Exception {
        if (settings.wants("hits") || settings.wants("proofs") || settings.wants("misses")) {
            try (Measured measured = new Measured(CONNECTIONS)) {
                part(settings, "hits", () -> new Hits(measured, settings).measure(report));
                part(settings, "hits", () -> new Memory(settings).allocations(report, measured));
                part(settings, "proofs", () -> new Proofs(measured, settings).measure(report));
                part(settings, "misses", () -> new Misses(measured).measure(report));
                report.line("");
                report.line("While this was measured other programs used %.0f %% of the machine."
                        .formatted(measured.disturbance() * 100));
            }
        }
        part(settings, "overload", () -> new Overload(settings).measure(report));
        if (settings.names("nessie")) {
            Nessie.measure(report, settings);
        }
        part(settings, "memory", () -> new Memory(settings).resident(report));
        part(settings, "sessions", () -> new Sessions(settings).measure(report));
        part(settings, "starts", () -> new Starts(settings).measure(report));
        part(settings, "units", () -> new Units(settings).measure(report));
        part(settings, "profile", () -> {
            try (Measured measured = new Measured(CONNECTIONS)) {
                new Profile(measured, settings).measure(report);
            }
        });
        if (settings.names("pictures")) {
            new Pictures().draw(report);
        }
    }

    @FunctionalInterface
    private interface Part {
        void measure() throws Exception;
    }

    private static void part(Settings settings, String name, Part part) throws Exception {
        if (settings.wants(name)) {
            part.measure();
        }
    }
}
