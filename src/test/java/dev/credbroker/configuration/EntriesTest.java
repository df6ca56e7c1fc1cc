package dev.credbroker.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EntriesTest {

    private final Findings findings = new Findings();

    @Test
    void named_ofEntries_isInTheOrderOfTheirNames() {
        assertThat(Entries.named("broker.roles", Map.of("b", 2, "a", 1), findings))
                .containsExactly(Map.entry("a", 1), Map.entry("b", 2));
        assertThat(findings.none()).isTrue();
    }

    /** A key of null is what SmallRye Config makes of {@code broker.issuers..issuer}. */
    @Test
    void named_ofEntriesWithoutNames_findsEachAndLeavesItOut() {
        Map<String, Integer> entries = new HashMap<>(Map.of("a", 1));
        entries.put(nobody(), 3);

        assertThat(Entries.named("broker.issuers", entries, findings)).containsExactly(Map.entry("a", 1));
        assertThat(findings.all()).containsExactly(new Finding("broker.issuers", "has an entry without a name"));
    }

    @SuppressWarnings("NullAway") // as the library does
    private static String nobody() {
        return null;
    }
}
