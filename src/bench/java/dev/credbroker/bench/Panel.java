package dev.credbroker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.deploy.Yaml;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** One panel of the dashboard, as its JSON has it. */
record Panel(JsonNode json) {

    private static final Pattern LABEL = Pattern.compile("\\{\\{(\\w+)}}");

    /**
     * One series by its name in the legend.
     *
     * @param values one for each second; NaN where there is none
     */
    record Line(String name, List<Double> values) {

        double last() {
            return values.stream().filter(Double::isFinite).reduce(Double.NaN, (_, next) -> next);
        }

        Line upon(Line other) {
            List<Double> sums = new ArrayList<>(values);
            for (int i = 0; i < sums.size(); i++) {
                sums.set(i, number(sums.get(i)) + number(other.values().get(i)));
            }
            return new Line(name, sums);
        }

        private static double number(double value) {
            return Double.isNaN(value) ? 0 : value;
        }
    }

    String title() {
        return json.get("title").asText();
    }

    /** {@code row}, {@code stat} or {@code timeseries}. */
    String kind() {
        return json.get("type").asText();
    }

    /** Of {@code x}, {@code y}, {@code w} and {@code h}. */
    int place(String name) {
        return json.get("gridPos").get(name).asInt();
    }

    boolean isStacked() {
        return json.at("/fieldConfig/defaults/custom/stacking/mode").asText().equals("normal");
    }

    /** Whether {@code value} is one that the panel shows in red. */
    boolean isAlarming(double value) {
        return Yaml.stream(json.at("/fieldConfig/defaults/thresholds/steps"))
                .filter(step -> step.path("value").asDouble(Double.NEGATIVE_INFINITY) <= value)
                .reduce((_, higher) -> higher)
                .filter(step -> step.get("color").asText().equals("red"))
                .isPresent();
    }

    List<Line> lines(Prometheus prometheus, Instant begin, Instant end) {
        return Yaml.stream(json.get("targets"))
                .flatMap(target -> prometheus.query(expression(target), begin, end).stream()
                        .map(series -> new Line(name(target, series.get("metric")), values(series, begin, end))))
                .toList();
    }

    /** As Grafana would ask, with all replicas chosen. */
    private static String expression(JsonNode target) {
        return target.get("expr")
                .asText()
                .replace("$job", Prometheus.JOB)
                .replace("$instance", ".*")
                .replace("$__rate_interval", "5s");
    }

    private static String name(JsonNode target, JsonNode labels) {
        return LABEL.matcher(target.get("legendFormat").asText())
                .replaceAll(label -> labels.path(label.group(1)).asText());
    }

    private static List<Double> values(JsonNode series, Instant begin, Instant end) {
        int seconds = (int) (end.getEpochSecond() - begin.getEpochSecond());
        List<Double> values = new ArrayList<>(Collections.nCopies(seconds + 1, Double.NaN));
        series.get("values")
                .forEach(sample -> values.set(
                        (int) (sample.get(0).asLong() - begin.getEpochSecond()),
                        Double.valueOf(sample.get(1).asText())));
        return values;
    }

    /** In the panel's unit, or in the words that it has for its values. */
    String told(double value) {
        JsonNode mappings = json.at("/fieldConfig/defaults/mappings");
        if (!mappings.isMissingNode()) {
            String whole = Math.abs(value - Math.rint(value)) < 1e-6 ? Long.toString(Math.round(value)) : "";
            return mappings.at("/0/options").path(whole).path("text").asText("");
        }
        return switch (json.at("/fieldConfig/defaults/unit").asText()) {
            case "reqps", "ops" -> number(value) + "/s";
            case "percentunit" -> number(value * 100) + " %";
            case "s" -> number(value) + " s";
            case "bytes" -> number(value / 1e6) + " MB";
            default -> number(value);
        };
    }

    private static String number(double value) {
        String digits = String.format(Locale.ROOT, value >= 10 ? "%,.0f" : value >= 1 ? "%.1f" : "%.2f", value);
        return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    }
}
