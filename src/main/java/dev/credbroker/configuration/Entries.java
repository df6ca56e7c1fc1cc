package dev.credbroker.configuration;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What stands under names that the operator chose. */
public final class Entries {

    private Entries() {}

    /**
     * The entries by their names, in order. One without a name, such as {@code broker.issuers..issuer}, for which SmallRye
     * Config has no key at all, is found and left out.
     *
     * @param property under which the entries stand
     */
    public static <T> SortedMap<String, T> named(String property, Map<String, T> entries, Findings findings) {
        SortedMap<String, T> named = new TreeMap<>();
        entries.forEach((name, entry) -> {
            if (name == null) {
                findings.add(property, "has an entry without a name");
            } else {
                named.put(name, entry);
            }
        });
        return named;
    }
}
