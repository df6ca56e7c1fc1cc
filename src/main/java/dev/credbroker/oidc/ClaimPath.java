package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The way to a claim: names joined by dots, those with dots in quotation marks, as in
 * {@code resource_access."my.client".roles}.
 */
record ClaimPath(List<String> names) {

    private static final String NAME = "\"[^\"]+\"|[^.\"\\s]+";
    private static final Pattern EACH = Pattern.compile(NAME);
    private static final Pattern GRAMMAR = Pattern.compile("(?:" + NAME + ")(?:\\.(?:" + NAME + "))*");

    ClaimPath {
        names = List.copyOf(names);
    }

    /** @throws IllegalArgumentException if {@code text} is no path */
    static ClaimPath parse(String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "not a claim path such as realm_access.roles or resource_access.\"my.client\".roles");
        }
        return new ClaimPath(EACH.matcher(text)
                .results()
                .map(MatchResult::group)
                .map(ClaimPath::unquoted)
                .toList());
    }

    Optional<JsonValue> in(JsonObject claims) {
        Optional<JsonValue> found = Optional.of(claims);
        for (String name : names) {
            found = found.flatMap(
                    value -> value instanceof JsonObject object ? object.member(name) : Optional.<JsonValue>empty());
        }
        return found;
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1) : name;
    }
}
