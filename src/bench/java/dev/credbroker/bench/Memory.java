package dev.credbroker.bench;

import dev.credbroker.packaged.SimulatedWorld;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.locks.LockSupport;

/** What the program takes: bytes allocated for each request, resident memory, and the time until it answers. */
final class Memory {

    private static final int REQUESTS = 50_000;
    private static final int CONNECTIONS = 16;

    /** So that Java has given back once what the start has left behind. */
    private static final Duration SETTLED = Duration.ofSeconds(11);

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

    /** Of the program without what it is measured beside: the bare endpoints are there, but nobody has called them. */
    void resident(Report report) {
        report.table("Resident memory", "JVM", "10 s after it is ready, MB", "wanted", "after load, MB");
        resident(report, "", "-Xmx512m -XX:TieredStopAtLevel=4");
        resident(report, "at most 150", "-Xms32m -Xmx512m -XX:TrimNativeHeapInterval=10000 -XX:TieredStopAtLevel=4");
        resident(
                report,
                "at most 128",
                "-Xmx64m -XX:TrimNativeHeapInterval=10000 -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    }

    private void resident(Report report, String ready, String jvm) {
        String[] options = (jvm + " -Dbroker.audit.file=/dev/null").split(" ");
        try (SimulatedWorld world = new SimulatedWorld(options).awaitReady()) {
            ProcessFigures process = new ProcessFigures(world.broker().pid());
            LockSupport.parkNanos(SETTLED.toNanos());
            double before = process.residentMegabytes();
            try (LoadGenerator generator =
                    new LoadGenerator(Measured.port(world.broker().url()), CONNECTIONS)) {
                byte[] request = Requests.get(Measured.HIT, world.token("alice").sign());
                var _ = generator.repeat(request, settings.run().multipliedBy(2));
            }
            report.row("`" + jvm + "`", Report.number(before), ready, Report.number(process.residentMegabytes()));
        }
    }
}
