package dev.credbroker.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.broker.CredentialRequest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.StrictTree;
import dev.credbroker.roles.RoleCatalogue;
import dev.credbroker.telemetry.CorrelationId;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Whatever is sent as JSON, as a form or as a query cannot be read, or is read as another reader reads it. */
class ParametersFuzzTest {

    private static final Set<String> KNOWN = Set.of(
            Parameters.ROLE, Parameters.DURATION, Parameters.MIN_REMAINING, Parameters.SAML_RESPONSE, Parameters.TOKEN);

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws Unreadable;
    }

    /** @param sent read in each of the three ways, and as the field of a header */
    @FuzzTest
    void read_anyBodyOrQuery_isUnreadableOrMeansOneThing(byte[] sent) {
        String text = new String(sent, ISO_8859_1);

        read(() -> Parameters.ofJson(sent, KNOWN))
                .ifPresent(parameters -> assertMeans(parameters, json(sent), List.of()));
        read(() -> Parameters.ofForm(sent, KNOWN))
                .ifPresent(parameters -> assertMeans(parameters, form(new String(sent, UTF_8)), List.of()));
        read(() -> Parameters.ofQuery(text, KNOWN))
                .ifPresent(parameters -> assertMeans(parameters, form(text), List.of(text)));
    }

    private static void assertMeans(Parameters parameters, Map<String, String> other, List<String> authorization) {
        KNOWN.forEach(
                name -> assertThat(parameters.get(name)).as(name).isEqualTo(Optional.ofNullable(other.get(name))));
        assertThat(other.keySet()).isSubsetOf(KNOWN);
        read(() -> RequestReader.read(new CorrelationId("fuzz"), Optional.empty(), parameters, authorization))
                .ifPresent(request -> assertAsks(request, other));
    }

    private static void assertAsks(CredentialRequest request, Map<String, String> other) {
        assertThat(request.role()).isEqualTo(other.get(Parameters.ROLE)).matches(RoleCatalogue::wellFormed);
        assertThat(request.duration()).hasToString(other.getOrDefault(Parameters.DURATION, "default"));
        assertThat(request.minRemaining().map(least -> Long.toString(least.toSeconds())))
                .isEqualTo(Optional.ofNullable(other.get(Parameters.MIN_REMAINING)));
    }

    private static <T> Optional<T> read(Reading<T> reading) {
        return Cost.bounded(() -> {
            try {
                return Optional.of(reading.read());
            } catch (Unreadable e) {
                return Optional.empty();
            }
        });
    }

    private static Map<String, String> json(byte[] body) {
        return StrictTree.read(body).orElseThrow().properties().stream()
                .collect(toMap(Map.Entry::getKey, member -> text(member.getValue())));
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue() : value.bigIntegerValue().toString();
    }

    /** Without {@code RelayState}, and with the name that identity providers give to a response. */
    private static Map<String, String> form(String text) {
        return Stream.of(text.split("&"))
                .filter(pair -> !pair.isEmpty())
                .map(pair -> (pair + "=").split("=", -1))
                .filter(pair -> !decoded(pair[0]).equals("RelayState"))
                .collect(toMap(
                        pair -> decoded(pair[0]).replace("SAMLResponse", "samlResponse"), ParametersFuzzTest::value));
    }

    private static String value(String[] pair) {
        return decoded(String.join("=", List.of(pair).subList(1, pair.length - 1)));
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, UTF_8);
    }
}
