package dev.credbroker.oidc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Every mistake of the field at once: the header chooses the algorithm and brings the key, foreign characters are passed
 * over, any key will do, and nothing is asked of the claims. What it takes has been signed by somebody, or could have
 * been by anybody: so an attack that it takes is one.
 */
final class CarelessReader {

    private static final List<TestKey> KEYS =
            List.of(TestKey.RSA, TestKey.OTHER_RSA, TestKey.EC, TestKey.EC384, TestKey.EC521, TestKey.ED);

    private static final Map<String, List<String>> SCHEMES = Map.of(
            "RSA", List.of("SHA256withRSA", "SHA512withRSA"),
            "EC", List.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA", "SHA256withECDSAinP1363Format"),
            "EdDSA", List.of("Ed25519"));

    private CarelessReader() {}

    static boolean takes(String token) {
        String text = token.replace("Bearer ", "")
                .replace("%3D", "")
                .replace('+', '-')
                .replace('/', '_')
                .replaceAll("[^A-Za-z0-9_.-]", "")
                .replaceAll("\\.+", ".");
        String[] parts = text.replaceFirst("^\\.", "").split("\\.");
        JsonNode header = header(decoded(parts[0]));
        String algorithm = header.path("alg").asText();
        if (algorithm.strip().equalsIgnoreCase("none")) {
            return true;
        }
        String signed = parts[0] + "." + parts[1];
        byte[] signature = decoded(parts[2]);
        return algorithm.startsWith("HS")
                ? authenticates(algorithm, signed, signature)
                : keys(header).anyMatch(key -> verifies(key, signed, signature));
    }

    private static JsonNode header(byte[] json) {
        try {
            return TestToken.JSON.readTree(json);
        } catch (IOException e) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static boolean authenticates(String algorithm, String signed, byte[] signature) {
        return Stream.of(TestKey.RSA, TestKey.EC)
                .flatMap(key -> SignatureAttacks.spellings(key).stream())
                .anyMatch(secret ->
                        MessageDigest.isEqual(SignatureAttacks.hmac(algorithm, secret, signed + "."), signature));
    }

    private static Stream<PublicKey> keys(JsonNode header) {
        try {
            if (header.has("jwk")) {
                return Stream.of(
                        PublicJsonWebKey.Factory.newPublicJwk(header.get("jwk").toString())
                                .getPublicKey());
            }
            if (header.path("x5c").path(0).isTextual()) {
                byte[] der = Base64.getDecoder().decode(header.get("x5c").get(0).asText());
                return Stream.of(CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der))
                        .getPublicKey());
            }
        } catch (JoseException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return KEYS.stream().map(key -> key.pair().getPublic());
    }

    private static boolean verifies(PublicKey key, String signed, byte[] signature) {
        return SCHEMES.getOrDefault(key.getAlgorithm(), List.of()).stream()
                .anyMatch(scheme -> verifies(scheme, key, signed, signature));
    }

    private static boolean verifies(String scheme, PublicKey key, String signed, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance(scheme);
            verifier.initVerify(key);
            verifier.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] decoded(String part) {
        return Base64.getUrlDecoder().decode(part);
    }
}
