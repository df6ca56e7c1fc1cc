package dev.credbroker.configuration;

import io.smallrye.config.SmallRyeConfig;
import java.util.NoSuchElementException;
import java.util.stream.StreamSupport;

/**
 * Finds what is written under {@code broker.} and says nothing: an empty text or list, or an expression whose name nobody
 * defines.
 *
 * <p>SmallRye Config hands all of these out as absent, without a word. A {@code policy} that came to nothing would so
 * grant the whole role, and a match that did would admit more people than its author named.
 */
public final class EmptyProperties {

    private EmptyProperties() {}

    public static void find(SmallRyeConfig config, Findings findings) {
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(property -> property.startsWith("broker.") && isEmpty(config, property))
                .sorted()
                .forEach(property -> findings.add(
                        property,
                        "is empty, or refers to what does not exist: give it a value or leave it out, since it would"
                                + " count as absent"));
    }

    private static boolean isEmpty(SmallRyeConfig config, String property) {
        try {
            String value = config.getConfigValue(property).getValue();
            return value == null || value.isEmpty();
        } catch (NoSuchElementException e) {
            return true;
        }
    }
}
