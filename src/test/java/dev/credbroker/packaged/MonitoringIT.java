package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.deploy.Monitoring;
import dev.credbroker.deploy.PromQuery;
import dev.credbroker.deploy.PromQuery.Label;
import dev.credbroker.deploy.PromQuery.Selector;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.StsFaults;
import dev.credbroker.telemetry.Meters;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every query of the dashboard and of the alerts finds its series in a program to which everything has happened. */
@Timeout(180)
class MonitoringIT {

    /** What Prometheus itself adds to each series, and the series of its own that it makes of a scrape. */
    private static final Map<String, String> OF_THE_SCRAPE = Map.of("job", "credential-broker", "instance", "a");

    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]+)=\"([^\"]*)\"");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicInteger strangers = new AtomicInteger();
    private static SimulatedWorld world;
    private static List<Series> exposed;

    /** One line of what the program exposes, without its value. */
    private record Series(String metric, Map<String, String> labels) {

        /** A value with a variable of Grafana's in it may be anything. */
        boolean fits(Label label) {
            String value = labels.get(label.name());
            return value != null && (label.value().contains("$") || value.matches(label.value()));
        }
    }

    @BeforeAll
    static void letEverythingHappen() {
        // A session of twelve hours is as good as new for less than a second only, so that it is renewed while a test
        // runs.
        world = new SimulatedWorld("-Dbroker.sts.calls-per-second=20", "-Dbroker.cache.long-reuse-fraction=0.99999")
                .awaitReady();
        sessions();
        refusals();
        operatorFault();
        renewedSession();
        keptSessionAndOpenCircuit();
        throttling();
        exposed = scrape();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void everyQuery_namesSeriesThatAreExposed() {
        List<PromQuery> queries = Monitoring.queries();

        assertThat(queries).hasSizeGreaterThan(30).allSatisfy(query -> {
            assertThat(query.selectors()).as(query.from()).isNotEmpty();
            query.selectors().forEach(selector -> assertExposed(query, selector));
        });
    }

    @Test
    void everyMeterOfTheBroker_isOnTheDashboard() {
        List<String> shown = Monitoring.panels().stream()
                .flatMap(query -> query.selectors().stream())
                .map(Selector::metric)
                .toList();

        assertThat(exposed.stream().map(Series::metric).filter(name -> name.startsWith("broker_")))
                .isNotEmpty()
                .allMatch(shown::contains);
    }

    @Test
    void everyMeterThatIsNamed_isExposed() {
        List<String> names = exposed.stream().map(Series::metric).toList();

        for (String meter : List.of(
                Meters.ANSWERS,
                Meters.STS_CALLS,
                Meters.STS_HELD_BACK,
                Meters.OPERATOR_FAULTS,
                Meters.SESSIONS,
                Meters.PROVIDER_USABLE,
                Meters.JWKS_AGE,
                Meters.STS_REACHABLE,
                Meters.AUDIT_LOST)) {
            assertThat(names).anyMatch(name -> name.startsWith(meter.replace('.', '_')));
        }
    }

    private static void assertExposed(PromQuery query, Selector selector) {
        List<Series> series = exposed.stream()
                .filter(one -> one.metric().equals(selector.metric()))
                .toList();
        assertThat(series).as("%s: %s", query.from(), selector.metric()).isNotEmpty();
        for (Label label : selector.labels()) {
            assertThat(series).as("%s: %s", query.from(), label).anyMatch(one -> one.fits(label));
        }
        assertThat(series)
                .as("%s: %s", query.from(), query.labels())
                .anyMatch(one -> one.labels().keySet().containsAll(query.labels()));
    }

    private static List<Series> scrape() {
        List<Series> all = new ArrayList<>(List.of(new Series("up", OF_THE_SCRAPE)));
        metrics()
                .lines()
                .map(SAMPLE::matcher)
                .filter(Matcher::matches)
                .map(line -> new Series(line.group(1), labels(line.group(2))))
                .forEach(all::add);
        return all;
    }

    private static Map<String, String> labels(@Nullable String text) {
        Map<String, String> labels = LABEL.matcher(text == null ? "" : text)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        labels.putAll(OF_THE_SCRAPE);
        return labels;
    }

    private static void sessions() {
        awaitAfterCalls("source=\"miss\"", () -> credentials("deployer", stranger()));
        awaitAfterCalls("source=\"hit\"", () -> credentials("batch-upload", "alice"));
        awaitAfterCalls(
                "operation=\"assume-role-with-saml\",region=\"eu-west-1\",result=\"success\"",
                () -> Http.postForm(
                        world.broker().url() + "/v1/credentials",
                        Map.of(
                                "role",
                                "adfs-production",
                                "samlResponse",
                                world.response("alice").encode())));
    }

    private static void refusals() {
        awaitAfterCalls("code=\"AccessDenied\"", () -> credentials("distrusting", "alice"));
        awaitAfterCalls("code=\"RoleNotPermitted\"", () -> credentials("unknown", "alice"));
        awaitAfterCalls("code=\"InvalidToken\"", () -> Http.get(world.broker().url() + "/v1/credentials/deployer"));
    }

    private static void operatorFault() {
        world.sts().faults().always(StsFaults.regionDisabled());
        awaitAfterCalls("fault=\"region-disabled\"", () -> credentials("deployer", stranger()));
        world.sts().faults().clear();
    }

    private static void renewedSession() {
        awaitAfterCalls("source=\"renewed\"", () -> credentials("batch-upload?durationSeconds=43200", "long"));
    }

    private static void keptSessionAndOpenCircuit() {
        world.sts().faults().always(StsFaults.serviceUnavailable());
        awaitAfterCalls("source=\"kept\"", () -> credentials("batch-upload?durationSeconds=43200", "long"));
        awaitAfterCalls("reason=\"circuit\"", () -> credentials("batch-upload", stranger()));
        world.sts().faults().clear();
        assertThat(Polling.until(() -> credentials("batch-upload", stranger()) == 200, PATIENCE))
                .isTrue();
    }

    private static void throttling() {
        world.sts().faults().always(StsFaults.throttling());
        awaitAfterCalls("result=\"throttled\"", () -> credentials("batch-upload", stranger()));
        world.sts().faults().always(Fault.delay(Duration.ofMillis(300)));
        awaitAfterCalls("reason=\"budget\"", MonitoringIT::crowd);
        world.sts().faults().clear();
    }

    /** More at once than the budget has turns for. */
    private static void crowd() {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                calls.add(callers.submit(() -> credentials("batch-upload", stranger())));
            }
            assertThat(calls).isNotEmpty();
        }
    }

    private static void awaitAfterCalls(String label, Runnable call) {
        assertThat(Polling.until(
                        () -> {
                            call.run();
                            return metrics().contains(label);
                        },
                        PATIENCE))
                .as(label)
                .isTrue();
    }

    private static String stranger() {
        return "stranger-" + strangers.incrementAndGet();
    }

    private static String metrics() {
        return Http.get(world.broker().managementUrl() + "/q/metrics").body();
    }

    private static int credentials(String roleAndQuery, String subject) {
        HttpResponse<String> answer = Http.get(
                world.broker().url() + "/v1/credentials/" + roleAndQuery,
                "Authorization",
                "Bearer " + world.token(subject).sign());
        return answer.statusCode();
    }
}
