package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts as large as they may be, made to cost as much as they can. */
class HostileInputTest {

    private static final int LARGE = 70_000;

    static Stream<Arguments> bombs() {
        String root = "<samlp:Response xmlns:samlp=\"" + Elements.PROTOCOL + "\" Version=\"2.0\"";
        return Stream.of(
                Arguments.of("depth", "<a>".repeat(LARGE / 7) + "</a>".repeat(LARGE / 7)),
                Arguments.of("depth without an end", "<a>".repeat(LARGE / 3)),
                Arguments.of("breadth", root + ">" + "<a/>".repeat(LARGE / 4) + "</samlp:Response>"),
                Arguments.of("attributes", root + many(" a%d=\"\"", 7) + "/>"),
                Arguments.of("namespaces", root + many(" xmlns:a%d=\"u\"", 15) + "/>"),
                Arguments.of("nested namespaces", many("<a xmlns:a%d=\"u\">", 24)),
                Arguments.of("one text", root + ">" + "x".repeat(LARGE) + "</samlp:Response>"),
                Arguments.of("one name", "<" + "x".repeat(LARGE) + "/>"),
                Arguments.of(
                        "entities",
                        "<!DOCTYPE a [<!ENTITY a \"" + "x".repeat(1000) + "\">]><a>" + "&a;".repeat(20_000) + "</a>"),
                Arguments.of("character references", "<a>" + "&#65;".repeat(LARGE / 5) + "</a>"),
                Arguments.of(
                        "prefix list",
                        response()
                                .afterSigning(Edits.set("Transform", "x", "y".repeat(50_000)))
                                .xml()));
    }

    /** The bound is generous, for a busy machine; what it would catch is seconds. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void check_largest_isRejectedSoon(String name, String xml) {
        String encoded = SamlDraft.encode(xml);
        assertThat(encoded.length()).as(name).isLessThanOrEqualTo(Base64Text.LONGEST);
        TrustedProvider.check(encoded, NOW);

        long begun = System.nanoTime();
        AssertionCheck check = TrustedProvider.check(encoded, NOW);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(check).isInstanceOf(AssertionCheck.Rejected.class);
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }

    private static String many(String pattern, int length) {
        StringBuilder text = new StringBuilder();
        IntStream.range(0, 45_000 / length).forEach(i -> text.append(pattern.formatted(i)));
        return text.toString();
    }
}
