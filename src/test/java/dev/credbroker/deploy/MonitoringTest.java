package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dashboard and alerts by themselves; {@code MonitoringIT} has them beside the running program. */
class MonitoringTest {

    private static final Pattern ALERT_TESTED = Pattern.compile("alertname: (\\w+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void rules_areWhatPrometheusReads() {
        Tool promtool = Tool.installed("promtool", "prometheus");

        promtool.run(Monitoring.DIRECTORY, "check", "rules", Monitoring.RULES).isGood();
    }

    @Test
    void rules_onInventedSeries_alertWhenTheyShouldAndNotOtherwise() {
        Tool promtool = Tool.installed("promtool", "prometheus");

        promtool.run(Monitoring.DIRECTORY, "test", "rules", Monitoring.RULES_TEST)
                .isGood();
    }

    /** A chart can read only what is in its own folder. */
    @ParameterizedTest
    @ValueSource(strings = {"grafana-dashboard.json", "credential-broker.rules.yaml"})
    void copyInTheChart_isTheSame(String file) {
        assertThat(Path.of("helm/credential-broker/files", file))
                .hasSameBinaryContentAs(Monitoring.DIRECTORY.resolve(file));
    }

    @Test
    void everyAlert_isTestedAndHasARunbook() {
        List<String> names = Monitoring.alerts().stream()
                .map(alert -> alert.get("alert").asText())
                .toList();

        assertThat(names).hasSizeGreaterThan(10).doesNotHaveDuplicates();
        assertThat(matches(ALERT_TESTED, Monitoring.DIRECTORY.resolve(Monitoring.RULES_TEST)))
                .containsAll(names);
        assertThat(matches(HEADING, Path.of("docs/operations.md"))).containsAll(names);
    }

    @Test
    void everyAlert_pointsAtItsOwnRunbookAndSaysHowUrgentItIs() {
        for (JsonNode alert : Monitoring.alerts()) {
            String name = alert.get("alert").asText();
            assertThat(alert.get("annotations").get("runbook").asText())
                    .isEqualTo("docs/operations.md#" + name.toLowerCase(Locale.ROOT));
            assertThat(alert.get("labels").get("severity").asText()).as(name).isIn("page", "ticket");
        }
    }

    @Test
    void panels_haveDifferentIdsAndDoNotLieOnEachOther() {
        List<JsonNode> panels =
                Yaml.stream(Monitoring.dashboard().get("panels")).toList();

        assertThat(panels).extracting(panel -> panel.get("id").asInt()).doesNotHaveDuplicates();
        assertThat(panels.stream().flatMap(MonitoringTest::cells)).doesNotHaveDuplicates();
    }

    private static Stream<String> cells(JsonNode panel) {
        JsonNode place = panel.get("gridPos");
        int width = place.get("w").asInt();
        int left = place.get("x").asInt();
        assertThat(left + width).isLessThanOrEqualTo(24);
        return Stream.iterate(0, i -> i < width * place.get("h").asInt(), i -> i + 1)
                .map(i -> (left + i % width) + "/" + (place.get("y").asInt() + i / width));
    }

    private static List<String> matches(Pattern pattern, Path file) {
        return pattern.matcher(Yaml.text(file))
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }
}
