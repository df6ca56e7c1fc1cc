package dev.credbroker.oidc;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.StrictTree;
import dev.credbroker.secret.Secret;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Whatever an issuer signs is refused for a reason that is known, or understood as another reader understands it. */
class SignedClaimsFuzzTest {

    private static final JwtChecker CHECKER = KnownIssuer.checker(0);
    private static final JwtChecker REMEMBERING = KnownIssuer.checker(100);

    /** @param json the header on the first line, the claims on the others */
    @FuzzTest
    void check_anythingSigned_isUnderstoodOrRefused(byte[] json) {
        int line = endOfLine(json);
        byte[] header = Arrays.copyOf(json, line);
        byte[] claims = Arrays.copyOfRange(json, Math.min(line + 1, json.length), json.length);
        Secret token = Secret.of(TestKey.KNOWN.sign(header, claims));

        JwtCheck check = Cost.bounded(() -> CHECKER.check(token));

        switch (check) {
            case JwtCheck.Genuine(CheckedJwt jwt) ->
                assertUnderstood(
                        jwt,
                        StrictTree.read(header).orElseThrow(),
                        StrictTree.read(claims).orElseThrow());
            case JwtCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(JwtFlaw.UNREADABLE);
            case JwtCheck.Expired _, JwtCheck.KeysMissing _ -> {}
            case JwtCheck.KeysUnavailable _ -> throw new AssertionError("no keys were touched");
        }
        assertThat(REMEMBERING.check(token)).hasSameClassAs(check);
        assertThat(REMEMBERING.check(token)).hasSameClassAs(check);
    }

    private static void assertUnderstood(CheckedJwt jwt, JsonNode header, JsonNode claims) {
        assertThat(header.get("alg").textValue()).isEqualTo("ES256");
        assertThat(header.get("kid").textValue()).isEqualTo("known");
        assertThat(claims.get("iss").textValue()).isEqualTo(jwt.issuer());
        assertThat(claims.get("sub").textValue()).isEqualTo(jwt.subject());
        assertThat(claims.get("exp").longValue()).isEqualTo(jwt.expiration().getEpochSecond());
        assertThat(claims.get("iat").longValue()).isEqualTo(jwt.issuedAt().getEpochSecond());
        assertThat(texts(claims.get("aud")).contains("credential-broker")).isEqualTo(jwt.addressedToBroker());
        assertThat(texts(claims.get("aud")).contains("sts.amazonaws.com")).isEqualTo(jwt.addressedToAws());
        claims.properties().stream()
                .filter(claim -> !claim.getKey().equals("team"))
                .forEach(claim -> assertThat(attribute(claim.getKey(), jwt))
                        .as(claim.getKey())
                        .isEqualTo(attribute(claim.getValue())));
        assertThat(attribute("team", jwt))
                .isEqualTo(attribute(claims.path("org").path("the.team")));
    }

    private static Set<String> texts(JsonNode value) {
        return elements(value).stream().map(JsonNode::textValue).collect(toSet());
    }

    /** Minus nought, of which the other reader makes nought, is the one whole number that has two spellings. */
    private static Optional<Set<String>> attribute(String name, CheckedJwt jwt) {
        return Optional.ofNullable(jwt.attributes().get(name))
                .map(texts -> texts.stream()
                        .map(text -> text.equals("-0") ? "0" : text)
                        .collect(toSet()));
    }

    private static Optional<Set<String>> attribute(JsonNode value) {
        List<JsonNode> elements = elements(value);
        boolean plain = elements.stream()
                .allMatch(element -> element.isTextual() || element.isBoolean() || element.isIntegralNumber());
        return elements.isEmpty() || !plain
                ? Optional.empty()
                : Optional.of(elements.stream().map(JsonNode::asText).collect(toSet()));
    }

    private static List<JsonNode> elements(JsonNode value) {
        return value.isArray()
                ? StreamSupport.stream(value.spliterator(), false).toList()
                : List.of(value);
    }

    private static int endOfLine(byte[] text) {
        for (int i = 0; i < text.length; i++) {
            if (text[i] == '\n') {
                return i;
            }
        }
        return text.length;
    }
}
