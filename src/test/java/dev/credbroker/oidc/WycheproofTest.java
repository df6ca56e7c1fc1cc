package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credbroker.secret.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The vectors of Project Wycheproof, up to the signature: their payloads are no claims. */
public class WycheproofTest {

    private static final KeySetReader READER = new KeySetReader(List.of(JwsAlgorithm.values()));

    @ParameterizedTest(name = "{0}")
    @MethodSource("signatures")
    void jws_vector_isAcceptedOnlyIfValid(Vector vector) {
        assertThat(vector.accepted() && !vector.valid()).isFalse();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void jwk_vector_isAcceptedOnlyIfValid(Vector vector) {
        assertThat(vector.accepted() && !vector.valid()).isFalse();
    }

    /** As many as each file says that it has, so that none is passed over. */
    @Test
    void vectors_ofAllFiles_areRead() {
        assertThat(ids(signatures())).hasSize(401).doesNotHaveDuplicates();
        assertThat(ids(keys())).hasSize(26).doesNotHaveDuplicates();
        assertThat(ids(ecdsa())).hasSize(262).doesNotHaveDuplicates();
        assertThat(signatures().filter(Vector::valid)).hasSize(46);
        assertThat(keys().filter(Vector::valid)).hasSize(5);
        assertThat(ecdsa().filter(Vector::valid)).hasSize(173);
    }

    private static List<Integer> ids(Stream<Vector> vectors) {
        return vectors.map(Vector::id).toList();
    }

    /** Their payloads are no claims, so that even the valid ones are no tokens, whoever holds the keys. */
    @Test
    void jws_anyVectorAsAToken_isRejected() {
        try (TestGate gate = new TestGate(TestKey.RSA)) {
            assertThat(tokens().stream().filter(token -> !(gate.check(token) instanceof JwtCheck.Rejected)))
                    .isEmpty();
        }
    }

    /** So that the tests above do not pass because everything is refused. */
    @Test
    void jws_validVectorsOfOurAlgorithms_areAccepted() {
        List<Integer> accepted =
                signatures().filter(Vector::accepted).map(Vector::id).toList();

        assertThat(accepted)
                .containsExactly(
                        18, 33, 260, 261, 262, 263, 265, 266, 267, 269, 270, 271, 273, 274, 275, 287, 288, 321, 322,
                        323, 326, 327, 328, 345, 349, 378);
        assertThat(keys().filter(Vector::accepted).map(Vector::id)).containsExactly(5); // the others are HMAC
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecdsa")
    void ecdsa_vector_verifiesIfValid(Vector vector) throws Exception {
        boolean verified = JwsAlgorithm.ES256.verifies(
                publicKey(vector.group()),
                bytes(vector.test().get("msg")),
                bytes(vector.test().get("sig")));

        assertThat(verified).isEqualTo(vector.valid());
    }

    /** Every JWS of the two files. */
    public static List<String> tokens() {
        return Stream.concat(signatures(), keys()).map(Vector::token).toList();
    }

    static Stream<Vector> signatures() {
        return vectors("json_web_signature_test.json");
    }

    static Stream<Vector> keys() {
        return vectors("json_web_key_test.json");
    }

    static Stream<Vector> ecdsa() {
        return vectors("ecdsa_secp256r1_sha256_p1363_test.json");
    }

    record Vector(JsonNode group, JsonNode test) {

        int id() {
            return test.get("tcId").asInt();
        }

        boolean valid() {
            return test.get("result").asText().equals("valid");
        }

        String token() {
            return test.get("jws").asText();
        }

        boolean accepted() {
            return WycheproofTest.accepted(set(group), token());
        }

        @Override
        public String toString() {
            return id() + " " + test.get("comment").asText();
        }
    }

    private static boolean accepted(Map<String, VerificationKey> keys, String token) {
        try {
            CompactJwt jwt = CompactJwt.parse(Secret.of(token));
            JwtHeader header = JwtHeader.parse(jwt.header());
            VerificationKey key = keys.get(header.keyId());
            return key != null && key.verifies(header.algorithm(), jwt);
        } catch (JwtRefused e) {
            return false;
        }
    }

    /** The vectors give one key, or a set; as private keys where there is no public half. */
    private static Map<String, VerificationKey> set(JsonNode group) {
        JsonNode given = group.has("public") ? group.get("public") : group.get("private");
        JsonNode keys = given.has("keys")
                ? given.get("keys")
                : JsonNodeFactory.instance.arrayNode().add(given);
        JsonNode set = JsonNodeFactory.instance.objectNode().set("keys", published(keys));
        try {
            return READER.read(set.toString().getBytes(StandardCharsets.UTF_8));
        } catch (KeysFetchException e) {
            throw new AssertionError(e);
        }
    }

    /** Sets come with their private halves, which no issuer publishes. */
    private static JsonNode published(JsonNode keys) {
        JsonNode copy = keys.deepCopy();
        copy.forEach(key -> ((ObjectNode) key).remove(Set.of("d", "p", "q", "dp", "dq", "qi")));
        return copy;
    }

    private static PublicKey publicKey(JsonNode group) throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(bytes(group.get("publicKeyDer"))));
    }

    private static byte[] bytes(JsonNode hex) {
        return HexFormat.of().parseHex(hex.asText());
    }

    private static Stream<Vector> vectors(String file) {
        try (InputStream json = WycheproofTest.class.getResourceAsStream("/wycheproof/" + file)) {
            return elements(TestToken.JSON
                            .readTree(Objects.requireNonNull(json))
                            .get("testGroups"))
                    .flatMap(group -> elements(group.get("tests")).map(test -> new Vector(group, test)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
