package dev.credbroker.bench;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.SimulatedSts;
import dev.credbroker.simulator.sts.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;

/**
 * How often Project Nessie's catalog asks STS, and how long its clients wait: it vends credentials for S3 with each table
 * that is loaded. It neither authenticates its callers nor logs them here, so that it does less than the broker.
 */
final class Nessie {

    static final String ROLE = "arn:aws:iam::123456789012:role/Catalog";
    static final String ACCESS_KEY_ID = "AKIATESTNESSIE000001";
    static final String SECRET_ACCESS_KEY = "own-secret-of-the-catalog-00000000000001";

    private static final int WARM_UP = 4000;
    private static final int LOADS = 1000;
    private static final int CALLERS = 8;
    private static final String SIGNED = "remote-signing";
    private static final String VENDED = "vended-credentials";

    private static final String NAMESPACES = "/iceberg/v1/main/namespaces";
    private static final String TABLES = NAMESPACES + "/bench/tables";
    private static final String JSON = "application/json";
    private static final String TABLE = """
        {"name": "events", "stage-create": false, "properties": {},
        "schema": {"type": "struct", "schema-id": 0, "identifier-field-ids": [],
        "fields": [{"id": 1, "name": "id", "required": true, "type": "long"}]}}\
        """;

    private final SimulatedSts sts;
    private final NessieServer server;

    private Nessie(SimulatedSts sts, NessieServer server) {
        this.sts = sts;
        this.server = server;
    }

    static void measure(Report report, Settings settings) throws IOException {
        if (settings.nessie().isEmpty()) {
            report.line("");
            report.line(
                    "Nessie was not measured: its server is named by -Dbench.nessie=FILE, and ./mvnw dependency:copy"
                            + " -Dartifact=org.projectnessie.nessie:nessie-quarkus:0.99.0:jar:runner fetches it.");
            return;
        }
        try (Simulator simulator = new Simulator(InstantSource.system());
                ObjectStore store = new ObjectStore();
                NessieServer server = new NessieServer(Path.of(settings.nessie()), simulator.url(), store.url())) {
            simulator.sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
            simulator.sts().role(ROLE, Duration.ofHours(1), Trust.caller(ACCESS_KEY_ID));
            new Nessie(simulator.sts(), server).measure(report);
        }
    }

    private void measure(Report report) {
        byte[] namespace = Requests.post(NAMESPACES, JSON, "{\"namespace\": [\"bench\"]}");
        var _ = each(1, List.of(namespace, Requests.post(TABLES, JSON, TABLE)));
        var _ = loads(CALLERS, SIGNED, WARM_UP);
        var _ = loads(CALLERS, VENDED, WARM_UP);
        report.table(
                "%s: %,d loads of one table".formatted(server.name(), LOADS),
                "STS answers after",
                "callers at once",
                "access by",
                "calls to STS",
                "p50 ms",
                "p99 ms",
                "last answer after ms");
        row(report, Duration.ZERO, CALLERS, SIGNED);
        for (Duration delay : List.of(Duration.ZERO, Duration.ofMillis(50))) {
            for (int callers : List.of(1, CALLERS, LOADS)) {
                row(report, delay, callers, VENDED);
            }
        }
    }

    /** @param access what the client says that it wants: its own credentials, or each of its requests signed for it */
    private void row(Report report, Duration delay, int callers, String access) {
        if (delay.isPositive()) {
            sts.faults().always(Fault.delay(delay));
        }
        int before = sts.arrivals();
        Load load = loads(callers, access, LOADS);
        report.row(
                delay.toMillis() + " ms",
                "%,d".formatted(callers),
                access,
                sts.arrivals() - before,
                Report.number(load.millisAt(50)),
                Report.number(load.millisAt(99)),
                Report.number(load.elapsed().toNanos() / 1e6));
        sts.forgetCalls();
        sts.faults().clear();
    }

    private Load loads(int callers, String access, int count) {
        byte[] request = Requests.get(TABLES + "/events", "X-Iceberg-Access-Delegation", access);
        return each(callers, Collections.nCopies(count, request));
    }

    private Load each(int callers, List<byte[]> requests) {
        try (LoadGenerator generator = new LoadGenerator(server.port(), callers)) {
            return generator.each(requests);
        }
    }
}
