package dev.credbroker.wiring;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.stream.Collectors;

/** All mistakes of all packages, together: they stop the start, and each is named with its property. */
final class ConfigurationFindings {

    private ConfigurationFindings() {}

    /** @throws ConfigurationException if there are any */
    static void throwIfAny(Findings findings) {
        if (!findings.none()) {
            throw new ConfigurationException(
                    message(findings),
                    findings.all().stream().map(Finding::property).collect(Collectors.toSet()));
        }
    }

    /** A line that says how many there are, and one for each. */
    static String message(Findings findings) {
        return findings.all().stream()
                .map(Finding::toString)
                .sorted()
                .collect(Collectors.joining(
                        "\n  ",
                        "the configuration has %d mistake(s):%n  "
                                .formatted(findings.all().size()),
                        ""));
    }
}
