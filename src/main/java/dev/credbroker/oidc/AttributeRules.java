package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonBoolean;
import dev.credbroker.oidc.JsonValue.JsonNull;
import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which attributes a token's claims make: see {@link CheckedJwt#attributes()}. */
record AttributeRules(Map<String, ClaimPath> mapped) {

    AttributeRules {
        mapped = Map.copyOf(mapped);
    }

    Map<String, Set<String>> read(JsonObject claims) {
        Map<String, Set<String>> attributes = new HashMap<>();
        claims.members().forEach((name, value) -> put(attributes, name, values(value)));
        mapped.forEach((name, path) -> put(attributes, name, path.in(claims).flatMap(AttributeRules::values)));
        return attributes;
    }

    /**
     * A mapped name that leads nowhere removes the claim of that name: the operator said where it is, and it is not
     * there.
     */
    private static void put(Map<String, Set<String>> attributes, String name, Optional<Set<String>> values) {
        attributes.remove(name);
        values.ifPresent(present -> attributes.put(name, present));
    }

    private static Optional<Set<String>> values(JsonValue value) {
        return value instanceof JsonArray(List<JsonValue> elements)
                ? all(elements)
                : scalar(value).map(Set::of);
    }

    /** One element that has no text makes all of it absent: what is left could pass for the whole. */
    private static Optional<Set<String>> all(List<JsonValue> elements) {
        Set<String> texts = new HashSet<>();
        for (JsonValue element : elements) {
            Optional<String> text = scalar(element);
            if (text.isEmpty()) {
                return Optional.empty();
            }
            texts.add(text.get());
        }
        return texts.isEmpty() ? Optional.empty() : Optional.of(Set.copyOf(texts));
    }

    private static Optional<String> scalar(JsonValue value) {
        return switch (value) {
            case JsonText(String text) -> Optional.of(text);
            case JsonBoolean(boolean truth) -> Optional.of(String.valueOf(truth));
            case JsonNumber number -> number.integral() ? Optional.of(number.text()) : Optional.empty();
            case JsonArray _, JsonObject _, JsonNull _ -> Optional.empty();
        };
    }
}
