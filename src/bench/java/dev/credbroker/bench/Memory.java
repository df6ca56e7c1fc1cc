package dev.credbroker.bench;

import java.util.Collections;

/** What the program takes: bytes allocated for each request, resident memory, and the time until it answers. */
final class Memory {

    private static final int REQUESTS = 50_000;

    private final Settings settings;

    Memory(Settings settings) {
        this.settings = settings;
    }

    void allocations(Report report, Measured measured) {
        report.table("Bytes allocated for each request, by all threads of the program", "endpoint", "bytes");
        for (String target : new String[] {Measured.HIT, Measured.AUDITED, Measured.CONSTANT}) {
            var requests = Collections.nCopies(REQUESTS, measured.request(target));
            var _ = measured.cost(generator -> generator.each(requests));
            long before = Long.parseLong(measured.get("/bare/allocated"));
            var _ = measured.cost(generator -> generator.each(requests));
            long after = Long.parseLong(measured.get("/bare/allocated"));
            report.row("`" + target + "`", "%,d".formatted((after - before) / REQUESTS));
        }
    }

    void resident(Report report) {
        report.table("Resident memory", "JVM", "ready, MiB", "wanted", "after load, MiB", "wanted");
        resident(report, "defaults", "at most 150", "", "-Xmx512m");
        resident(report, "-Xmx64m", "", "", "-Xmx64m");
        resident(
                report,
                "as a sidecar: -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "at most 128",
                "at most 128",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1");
    }

    private void resident(Report report, String jvm, String ready, String loaded, String... options) {
        try (Measured measured = new Measured(16, options)) {
            double before = measured.process().residentMebibytes();
            var _ = measured.cost(generator -> generator.repeat(
                    measured.request(Measured.HIT), settings.run().multipliedBy(2)));
            report.row(
                    jvm,
                    Report.number(before),
                    ready,
                    Report.number(measured.process().residentMebibytes()),
                    loaded);
        }
    }
}
