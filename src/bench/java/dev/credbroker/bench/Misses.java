package dev.credbroker.bench;

import dev.credbroker.packaged.SimulatedWorld;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;

/** What the broker adds to STS's own time, and how often it asks STS; beside the AWS SDK's own provider for each user. */
final class Misses {

    private static final int WARM_UP = 4000;
    private static final int MISSES = 400;
    private static final int CALLERS = 1000;
    private static final int USERS = 10;
    private static final String SDK = "/bare/sdk?role=" + SimulatedWorld.WEB_ROLE + "&user=";

    private final Measured measured;

    Misses(Measured measured) {
        this.measured = measured;
    }

    void measure(Report report) {
        var _ = misses(8, users(WARM_UP));
        measured.sts().forgetCalls();
        report.table(
                "Misses: another user each time",
                "STS answers after",
                "callers at once",
                "STS alone, p50 ms",
                "p99 ms",
                "through the broker, p50 ms",
                "p99 ms",
                "added, p50 ms",
                "p99 ms",
                "wanted");
        added(report, Duration.ZERO, 1);
        added(report, Duration.ofMillis(50), 1);
        added(report, Duration.ofMillis(50), 8);
        delayed(Duration.ofMillis(50), () -> calls(report));
        hits(report);
    }

    private void added(Report report, Duration delay, int callers) {
        delayed(delay, () -> {
            Load alone = alone(callers, users(MISSES));
            Load through = misses(callers, users(MISSES));
            report.row(
                    delay.toMillis() + " ms",
                    callers,
                    Report.number(alone.millisAt(50)),
                    Report.number(alone.millisAt(99)),
                    Report.number(through.millisAt(50)),
                    Report.number(through.millisAt(99)),
                    Report.number(through.millisAt(50) - alone.millisAt(50)),
                    Report.number(through.millisAt(99) - alone.millisAt(99)),
                    "under 3, under 15");
        });
    }

    private void delayed(Duration delay, Runnable measurement) {
        if (delay.isPositive()) {
            measured.sts().faults().always(Fault.delay(delay));
        }
        try {
            measurement.run();
        } finally {
            measured.sts().faults().clear();
        }
    }

    /** One token for each of so many users that nobody has seen. */
    private List<String> users(int count) {
        String crowd = UUID.randomUUID().toString();
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> measured.token(crowd + i))
                .toList();
    }

    private Load misses(int callers, List<String> tokens) {
        List<byte[]> requests =
                tokens.stream().map(token -> Requests.get(Measured.HIT, token)).toList();
        try (LoadGenerator generator = measured.generator(callers)) {
            return generator.each(requests);
        }
    }

    /** As the SDK asks STS, by the generator itself. */
    private Load alone(int callers, List<String> tokens) {
        List<byte[]> requests = tokens.stream()
                .map(token -> Requests.post(
                        "/",
                        Map.of(
                                "Action",
                                "AssumeRoleWithWebIdentity",
                                "Version",
                                "2011-06-15",
                                "RoleArn",
                                SimulatedWorld.WEB_ROLE,
                                "RoleSessionName",
                                "alone",
                                "WebIdentityToken",
                                token,
                                "DurationSeconds",
                                "3600")))
                .toList();
        try (LoadGenerator generator =
                new LoadGenerator(Measured.port(measured.world().stsUrl()), callers)) {
            return generator.each(requests);
        }
    }

    private void calls(Report report) {
        report.table(
                "Calls to STS, which answers after 50 ms",
                "who",
                "what",
                "calls",
                "wanted",
                "p50 ms",
                "p99 ms",
                "last answer after ms");
        String lonely = UUID.randomUUID().toString();
        List<String> tokens = measured.tokens(lonely, JwtAlgorithm.RS256, CALLERS);
        String what = "%,d callers at once, one user, nothing held".formatted(CALLERS);
        calls(report, "broker", what, "1", CALLERS, requests(tokens, _ -> Measured.HIT));
        calls(report, "AWS SDK's provider", what, "", CALLERS, requests(tokens, _ -> SDK + lonely));
        List<String> users = users(USERS);
        List<String> turns =
                IntStream.range(0, CALLERS).mapToObj(i -> users.get(i % USERS)).toList();
        String ten = "%,d requests over %d users".formatted(CALLERS, USERS);
        String crowd = UUID.randomUUID().toString();
        calls(report, "broker", ten, Integer.toString(USERS), 32, requests(turns, _ -> Measured.HIT));
        calls(report, "AWS SDK's provider", ten, "", 32, requests(turns, token -> SDK + crowd + users.indexOf(token)));
    }

    private static List<byte[]> requests(List<String> tokens, Function<String, String> target) {
        return tokens.stream()
                .map(token -> Requests.get(target.apply(token), token))
                .toList();
    }

    private void calls(Report report, String who, String what, String wanted, int callers, List<byte[]> requests) {
        int before = measured.sts().arrivals();
        Load load;
        try (LoadGenerator generator = measured.generator(callers)) {
            load = generator.each(requests);
        }
        report.row(
                who,
                what,
                measured.sts().arrivals() - before,
                wanted,
                Report.number(load.millisAt(50)),
                Report.number(load.millisAt(99)),
                Report.number(load.elapsed().toNanos() / 1e6));
        measured.sts().forgetCalls();
    }

    private void hits(Report report) {
        report.table(
                "A hit at 500 requests/s",
                "who",
                "p50 ms",
                "p99 ms",
                "CPU of the program, µs a request",
                "verifies the token and audits");
        Map<String, String> targets = Map.of("broker", Measured.HIT, "AWS SDK's provider", SDK + "alice");
        for (String who : List.of("broker", "AWS SDK's provider")) {
            byte[] request = measured.request(targets.getOrDefault(who, ""));
            var _ = measured.cost(generator -> generator.repeat(request, Duration.ofSeconds(4)));
            List<Load> loads = new ArrayList<>();
            for (int run = 0; run < 3; run++) {
                loads.add(measured.cost(generator -> generator.repeat(request, Duration.ofSeconds(3), 500)));
            }
            Series series = new Series(loads);
            report.row(
                    who,
                    series.told(load -> load.millisAt(50)),
                    series.told(load -> load.millisAt(99)),
                    series.told(Load::serverMicros),
                    who.equals("broker") ? "yes" : "no");
        }
    }
}
