package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts are short and of few letters, so that sets that differ only in where one text ends are common. */
class AttributesDigestPropertyTest {

    @Property
    void of_differentSets_differs(
            @ForAll("sets") Map<String, List<Optional<String>>> one,
            @ForAll("sets") Map<String, List<Optional<String>>> other,
            @ForAll("texts") String recipient,
            @ForAll("texts") String otherRecipient) {
        boolean same = one.equals(other) && recipient.equals(otherRecipient);

        assertThat(digest(one, recipient).equals(digest(other, otherRecipient))).isEqualTo(same);
    }

    @Property
    void of_anotherOrder_isTheSame(@ForAll("sets") Map<String, List<Optional<String>>> set) {
        List<String> names = new ArrayList<>(set.keySet());
        Collections.reverse(names);
        Map<String, List<Optional<String>>> reversed = new LinkedHashMap<>();
        names.forEach(name -> reversed.put(name, set.getOrDefault(name, List.of())));

        assertThat(digest(reversed, "r")).isEqualTo(digest(set, "r"));
    }

    @Provide
    Arbitrary<Map<String, List<Optional<String>>>> sets() {
        Arbitrary<Optional<String>> values =
                texts().map(Optional::of).injectNull(0.1).map(value -> value == null ? Optional.empty() : value);
        return Arbitraries.maps(texts(), values.list().ofMaxSize(2)).ofMaxSize(2);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', ',', '\u0000', '\u0301').ofMaxLength(2);
    }

    private static String digest(Map<String, List<Optional<String>>> set, String recipient) {
        return AttributesDigest.of(new Attributes(set), recipient);
    }
}
