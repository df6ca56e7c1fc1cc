package dev.credbroker.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The dashboard and the alert rules that are shipped, and all queries of theirs. */
public final class Monitoring {

    static final Path DIRECTORY = Path.of("deploy/monitoring");
    static final String RULES = "credential-broker.rules.yaml";
    static final String RULES_TEST = "credential-broker.rules.test.yaml";
    static final String DASHBOARD = "grafana-dashboard.json";

    private Monitoring() {}

    public static List<PromQuery> queries() {
        return Stream.of(panels(), variables(), rules()).flatMap(List::stream).toList();
    }

    public static List<PromQuery> panels() {
        return Yaml.stream(dashboard().get("panels"))
                .flatMap(panel -> Yaml.stream(panel.path("targets"))
                        .map(target -> PromQuery.parse(
                                panel.get("title").asText(),
                                target.get("expr").asText(),
                                target.get("legendFormat").asText())))
                .toList();
    }

    private static List<PromQuery> variables() {
        return Yaml.stream(dashboard().get("templating").get("list"))
                .filter(variable -> variable.get("type").asText().equals("query"))
                .map(variable -> variable(variable.get("definition").asText()))
                .toList();
    }

    /** {@code label_values(SELECTOR, LABEL)}. */
    private static PromQuery variable(String definition) {
        String inside = definition.substring("label_values(".length(), definition.length() - 1);
        int comma = inside.lastIndexOf(',');
        return PromQuery.parse(
                definition,
                inside.substring(0, comma),
                "{{%s}}".formatted(inside.substring(comma + 1).strip()));
    }

    static List<PromQuery> rules() {
        return alerts().stream()
                .map(alert -> PromQuery.parse(
                        alert.get("alert").asText(),
                        alert.get("expr").asText(),
                        alert.get("annotations").get("summary").asText()))
                .toList();
    }

    static List<JsonNode> alerts() {
        return Yaml.stream(Yaml.read(DIRECTORY.resolve(RULES)).get("groups"))
                .flatMap(group -> Yaml.stream(group.get("rules")))
                .toList();
    }

    public static JsonNode dashboard() {
        return Yaml.read(DIRECTORY.resolve(DASHBOARD));
    }
}
