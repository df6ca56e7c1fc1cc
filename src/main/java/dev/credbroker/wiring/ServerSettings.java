package dev.credbroker.wiring;

import dev.credbroker.configuration.Findings;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds settings of the server, not the broker's own, with which it would print or let in what the broker keeps back. Those
 * that Quarkus fixes when the program is built are set in {@code application.yaml}; these can be given at every start.
 */
final class ServerSettings {

    private static final String NEVER = "(?!)";
    private static final String PRINTS_TRAFFIC = "prints what is sent and received, with the tokens and keys in it";
    private static final String HIDES_MISTAKES =
            "would let a misspelt property count as absent, and with it what it forbids";

    /**
     * @param name as {@link #plain} makes it
     * @param harmless the values that do no harm
     */
    private record Rule(Pattern name, Pattern harmless, String advice) {

        static Rule of(String name, String harmless, String advice) {
            return new Rule(Pattern.compile(name), Pattern.compile(harmless), advice);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "quarkus-http-access-log-enabled",
                    "false",
                    "writes down paths and header fields, in which clients put tokens: the audit log has every decision,"
                            + " and a proxy in front can log the rest"),
            Rule.of("quarkus-http-cors-enabled", "false", "lets pages of other sites read keys out of a browser"),
            Rule.of(
                    "quarkus-(http|management)-(header|filter-.*-header)-(access-control|cache-control)-.*",
                    NEVER,
                    "changes for whom keys and metrics are, or how long they are kept: that is the broker's to say"),
            Rule.of(
                    "quarkus-log-.*format",
                    "((?!%-?0?[0-9]*(\\.-?[0-9]+)?[eEm]).)*",
                    "prints the messages of exceptions, which quote what was sent: use %s, and neither %e nor %m"),
            Rule.of("(quarkus|smallrye)-config-log-values", "false", "prints passwords of key stores"),
            Rule.of("(quarkus|smallrye)-config-mapping-validate-unknown", "true", HIDES_MISTAKES),
            Rule.of(
                    "quarkus-http-http2",
                    "false",
                    "the limits of connections, and the bodies of errors below the routes, are those of HTTP/1.1"),
            Rule.of(
                    "quarkus-(http|management)-ssl-client-auth",
                    "(?i)none",
                    "is fixed when the program is built, and would be ignored: set broker.tls.require-client-certificate"),
            Rule.of(
                    "quarkus-http-ssl-certificate-.*(file|files|provider|provider-name)(-[0-9]+-)?",
                    "",
                    "is the old way, and its files are not checked: set quarkus.tls, as docs/tls.md says"),
            Rule.of(
                    "quarkus-(tls-(.*-)?|http-ssl-|management-ssl-)protocols(-[0-9]+-)?",
                    "(?i) *TLSv1\\.[23]( *, *TLSv1\\.[23])* *",
                    "allows what is broken: TLSv1.3 and TLSv1.2 are what there is, and the default"),
            Rule.of(
                    "quarkus-tls-(.*-)?trust-all",
                    "false",
                    "believes every certificate: name authorities in trust-store"),
            Rule.of("javax-net-debug", "", PRINTS_TRAFFIC),
            Rule.of("jdk-httpclient-httpclient-log", "", PRINTS_TRAFFIC),
            Rule.of("jdk-internal-httpclient(-[a-z]+)?-debug", "false", PRINTS_TRAFFIC));

    /** One that is named has a format by default, with {@code %e} in it. */
    private static final Pattern NAMED_HANDLER =
            Pattern.compile("(quarkus\\.log\\.handler\\.[a-z]+\\.(?:\"[^\"]+\"|[^.\"]+))\\..+");

    private ServerSettings() {}

    static void find(SmallRyeConfig config, Findings findings) {
        properties(config)
                .forEach((plain, property) -> RULES.stream()
                        .filter(rule -> rule.name().matcher(plain).matches()
                                && !rule.harmless()
                                        .matcher(value(config, property))
                                        .matches())
                        .forEach(rule -> findings.add(property, rule.advice())));
    }

    /** By its plain name, so that an environment variable and the property that it stands for are one. */
    private static Map<String, String> properties(SmallRyeConfig config) {
        Map<String, String> properties = new TreeMap<>();
        for (String property : config.getPropertyNames()) {
            properties.merge(plain(property), property, (one, other) -> one.contains(".") ? one : other);
            Matcher handler = NAMED_HANDLER.matcher(property);
            if (handler.matches()) {
                String format = handler.group(1) + ".format";
                properties.put(plain(format), format);
            }
        }
        return properties;
    }

    private static String plain(String property) {
        return property.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    }

    private static String value(SmallRyeConfig config, String property) {
        try {
            String value = config.getConfigValue(property).getValue();
            return value == null ? "" : value;
        } catch (NoSuchElementException e) {
            return "";
        }
    }
}
