package dev.credbroker.bench;

import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.SimulatedWorld;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** What the dashboard that is shipped shows of two replicas in two eventful minutes, drawn without Grafana. */
final class Pictures {

    private static final Path DASHBOARD = Path.of("docs/pictures/dashboard.png");

    /** A session of twelve hours is renewed after some four seconds, and the budget is one that a crowd exceeds. */
    private static final String[] OPTIONS = {
        "-Dbroker.cache.long-reuse-fraction=0.9999", "-Dbroker.sts.calls-per-second=10"
    };

    void draw(Report report) throws IOException, InterruptedException {
        if (!Prometheus.isInstalled()) {
            report.line("Prometheus is not installed (Debian's package: prometheus): no picture of the dashboard.");
            return;
        }
        try (SimulatedWorld world = new SimulatedWorld(OPTIONS).awaitReady();
                PackagedBroker another = world.another(OPTIONS);
                Prometheus prometheus = Prometheus.scraping(world.broker(), another.awaitReady())) {
            prometheus.awaitSightOf(2);
            Instant begin = Instant.now();
            List<Traffic.Episode> episodes = new Traffic(world, List.of(world.broker(), another)).run();
            new DashboardPicture(prometheus, begin, Instant.now(), episodes).draw(DASHBOARD);
        }
        report.line("The dashboard's queries are drawn in %s.".formatted(DASHBOARD));
    }
}
