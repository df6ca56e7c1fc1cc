package dev.credbroker.roles;

import java.util.Map;
import java.util.Set;

/** A test of one attribute of a verified identity. An attribute that is absent never passes. */
public sealed interface Condition {

    /** Whether the attributes, each a set of texts, pass. */
    boolean holds(Map<String, Set<String>> attributes);

    /** The attribute's only value is {@code value}. */
    record Equals(String attribute, String value) implements Condition {
        @Override
        public boolean holds(Map<String, Set<String>> attributes) {
            return attributes.getOrDefault(attribute, Set.of()).equals(Set.of(value));
        }
    }

    /** One of the attribute's values is among {@code values}. */
    record AnyOf(String attribute, Set<String> values) implements Condition {
        public AnyOf {
            values = Set.copyOf(values);
            if (values.isEmpty()) {
                throw new IllegalArgumentException("any-of names at least one value");
            }
        }

        @Override
        public boolean holds(Map<String, Set<String>> attributes) {
            return attributes.getOrDefault(attribute, Set.of()).stream().anyMatch(values::contains);
        }
    }

    /** One of the attribute's values begins with {@code prefix}, which ends in a separator: {@code team-a/}, not {@code team-a}. */
    record Prefix(String attribute, String prefix) implements Condition {
        public Prefix {
            if (prefix.isEmpty() || Character.isLetterOrDigit(prefix.codePointBefore(prefix.length()))) {
                throw new IllegalArgumentException(
                        "a prefix ends in a separator such as / or :, or it would also admit every longer name");
            }
        }

        @Override
        public boolean holds(Map<String, Set<String>> attributes) {
            return attributes.getOrDefault(attribute, Set.of()).stream().anyMatch(value -> value.startsWith(prefix));
        }
    }
}
