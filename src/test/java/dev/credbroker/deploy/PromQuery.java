package dev.credbroker.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL query needs of the series that there are: its selectors, and the labels that it groups by or that its
 * legend shows. It knows the functions and keywords that the queries here use; any other word is a metric's name.
 *
 * @param from where the query stands, for messages
 */
public record PromQuery(String from, List<Selector> selectors, Set<String> labels) {

    private static final Set<String> WORDS =
            Set.of("sum", "min", "max", "by", "rate", "increase", "absent", "vector", "or", "unless", "offset", "and");

    private static final Pattern GROUPING = Pattern.compile("\\bby\\s*\\(([^)]*)\\)");
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(?:\\{([^}]*)})?");
    private static final Pattern MATCHER = Pattern.compile("\\s*([a-z_]+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"\\s*(?:,|$)");
    private static final Pattern RANGE = Pattern.compile("\\[[^]]*]|\\b[0-9]+[smhd]\\b");
    private static final Pattern LEGEND = Pattern.compile("\\{\\{\\s*\\$?(?:labels\\.)?([a-z_]+)\\s*}}");

    /** The series of {@code metric} on which the labels are as the matchers say. */
    public record Selector(String metric, List<Label> labels) {}

    /** @param operator {@code =}, {@code !=}, {@code =~} or {@code !~} */
    public record Label(String name, String operator, String value) {}

    /** @param legend with the labels that are shown, as <code>{{name}}</code> */
    public static PromQuery parse(String from, String expression, String legend) {
        Set<String> labels = new HashSet<>();
        LEGEND.matcher(legend).results().map(found -> found.group(1)).forEach(labels::add);
        GROUPING.matcher(expression)
                .results()
                .flatMap(found -> List.of(found.group(1).split(",")).stream())
                .map(String::strip)
                .forEach(labels::add);
        String bare =
                RANGE.matcher(GROUPING.matcher(expression).replaceAll(" ")).replaceAll(" ");
        List<Selector> selectors = SELECTOR.matcher(bare)
                .results()
                .filter(found -> !WORDS.contains(found.group(1)))
                .map(found -> new Selector(found.group(1), labels(from, found)))
                .toList();
        return new PromQuery(from, selectors, labels);
    }

    private static List<Label> labels(String from, MatchResult selector) {
        String text = selector.group(2) == null ? "" : selector.group(2);
        List<Label> labels = new ArrayList<>();
        Matcher matcher = MATCHER.matcher(text);
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            labels.add(new Label(matcher.group(1), matcher.group(2), matcher.group(3)));
            end = matcher.end();
        }
        if (end != text.length()) {
            throw new AssertionError(from + ": not understood: " + text);
        }
        return labels;
    }
}
