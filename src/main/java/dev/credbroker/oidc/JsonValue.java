package dev.credbroker.oidc;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON as it was written: numbers keep their spelling, so that two that differ anywhere never become one. */
sealed interface JsonValue {

    record JsonText(String text) implements JsonValue {}

    record JsonNumber(String text) implements JsonValue {

        boolean integral() {
            return text.chars().allMatch(c -> c == '-' || (c >= '0' && c <= '9'));
        }
    }

    record JsonBoolean(boolean value) implements JsonValue {}

    record JsonNull() implements JsonValue {}

    record JsonArray(List<JsonValue> elements) implements JsonValue {

        public JsonArray {
            elements = List.copyOf(elements);
        }
    }

    record JsonObject(Map<String, JsonValue> members) implements JsonValue {

        public JsonObject {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        Optional<JsonValue> member(String name) {
            return Optional.ofNullable(members.get(name));
        }

        /** Absent also where the member is no text. */
        Optional<String> text(String name) {
            return members.get(name) instanceof JsonText(String text) ? Optional.of(text) : Optional.empty();
        }
    }
}
