package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AttributesDigestTest {

    /** The form is part of the keys under which sessions are held: whoever changes it must change its version. */
    @Test
    void of_knownAttributes_isTheKnownDigest() {
        Map<String, List<Optional<String>>> attributes = new LinkedHashMap<>();
        attributes.put("urn:groups", List.of(Optional.of("a"), Optional.empty(), Optional.of("Zoë")));
        attributes.put("urn:empty", List.of());

        assertThat(AttributesDigest.of(new Attributes(attributes), "https://broker.example.com"))
                .isEqualTo(KNOWN);
    }

    private static final String KNOWN = "2cfddface6684d8cde01bf2201f0ef9aea190511a904630c5bcb399a1a4988be";

    @Test
    void of_attributesThatLookAlike_differ() {
        Optional<String> nil = Optional.empty();
        Optional<String> none = Optional.of("");
        Optional<String> x = Optional.of("x");
        List<Map<String, List<Optional<String>>>> all = List.of(
                Map.of(),
                Map.of("", List.of()),
                Map.of("a", List.of()),
                Map.of("b", List.of()),
                Map.of("a", List.of(nil)),
                Map.of("a", List.of(none)),
                Map.of("a", List.of(nil, nil)),
                Map.of("a", List.of(none, nil)),
                Map.of("a", List.of(nil, none)),
                Map.of("a", List.of(x)),
                Map.of("b", List.of(x)),
                Map.of("a", List.of(x, x)),
                Map.of("a", List.of(), "x", List.of()),
                Map.of("a", List.of(x), "x", List.of()),
                Map.of("a", List.of(), "x", List.of(x)));

        Set<String> digests = new HashSet<>();
        all.forEach(values -> assertThat(digests.add(AttributesDigest.of(new Attributes(values), "r")))
                .as(values.toString())
                .isTrue());
    }
}
