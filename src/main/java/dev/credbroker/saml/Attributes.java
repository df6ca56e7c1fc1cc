package dev.credbroker.saml;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The attributes of an assertion (Core 2.7.3) by name, in the order in which they came.
 *
 * @param values by name; an empty {@code Optional} is a value that is {@code xsi:nil}
 */
record Attributes(Map<String, List<Optional<String>>> values) {

    Attributes {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The values of one attribute that are neither nil nor empty; none if the attribute is absent. */
    Set<String> of(String name) {
        Set<String> present = new LinkedHashSet<>();
        values.getOrDefault(name, List.of())
                .forEach(value -> value.filter(text -> !text.isEmpty()).ifPresent(present::add));
        return Collections.unmodifiableSet(present);
    }

    /** The only value of one attribute. */
    Optional<String> single(String name) throws FlawedAssertion {
        Set<String> present = of(name);
        FlawedAssertion.unless(present.size() <= 1, AssertionFlaw.SEVERAL_VALUES);
        return present.stream().findFirst();
    }

    /** All attributes that have a value, and those with a configured name under that name, whatever else is called so. */
    Map<String, Set<String>> named(Map<String, String> configured) {
        Map<String, Set<String>> named = new LinkedHashMap<>();
        values.keySet().forEach(name -> named.put(name, of(name)));
        configured.forEach((name, attribute) -> named.put(name, of(attribute)));
        named.values().removeIf(Set::isEmpty);
        return Collections.unmodifiableMap(named);
    }
}
