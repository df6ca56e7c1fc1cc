package dev.credbroker.oidc;

import dev.credbroker.simulator.Decoy;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Key ids that the issuer does not have, and keys that it should not have. Each is for an issuer of its own: for a
 * strange id keys are fetched anew, and not more than three times at once.
 */
final class KeyAttacks {

    private static final List<String> STRANGE_IDS = List.of(
            "../../../../dev/null",
            "' OR 1=1--",
            "rsa-1\u0000",
            "rsa-1\n",
            " rsa-1",
            "RSA-1",
            "rsa-\u0661",
            "${jndi:ldap://127.0.0.1/x}",
            "k".repeat(256),
            TestKey.OTHER_RSA.id());

    private static final TestKey SHORT = TestKey.rsa("weak", "RS256", 1024);
    private static final TestKey OTHER = TestKey.OTHER_RSA.as("weak");
    private static final TestKey POINT = TestKey.EC.as("weak");
    private static final String ZERO = TestKey.encoded(new byte[32]);

    private static final List<Weak> WEAK = List.of(
            new Weak("rsa-of-1024-bits", by(SHORT), SHORT.jwk()),
            new Weak("rsa-with-exponent-1", KeyAttacks::signedWithNothing, with(OTHER, "e", "AQ")),
            new Weak("point-off-the-curve", by(POINT), with(POINT, "y", ZERO)),
            new Weak("point-at-infinity", by(POINT), changed(with(POINT, "y", ZERO), "x", ZERO)),
            new Weak("neutral-point", KeyAttacks::signedByAnybody, with(TestKey.ED.as("weak"), "x", neutral(32))),
            new Weak("for-encryption", by(OTHER), with(OTHER, "use", "enc")),
            new Weak("not-for-verifying", by(OTHER), with(OTHER, "key_ops", List.of("encrypt"))),
            new Weak("private-half-published", by(OTHER), with(OTHER, "d", "AQAB")),
            new Weak("of-another-algorithm", by(OTHER), with(OTHER, "alg", "RSA-OAEP-256")),
            new Weak("id-of-another-key", by(OTHER), OTHER.jwk(), POINT.jwk()));

    private KeyAttacks() {}

    /** What the issuers publish, by their names. */
    static Map<String, List<Map<String, Object>>> keySets() {
        Map<String, List<Map<String, Object>>> sets = new LinkedHashMap<>();
        for (int i = 0; i <= STRANGE_IDS.size(); i++) {
            sets.put(stranger(i), List.of(TestKey.RSA.jwk()));
        }
        WEAK.forEach(weak -> sets.put(
                weak.name(),
                Stream.concat(Stream.of(TestKey.RSA.jwk()), weak.keys().stream())
                        .toList()));
        return sets;
    }

    static void fill(AttackTable table, Decoy decoy) {
        List<String> ids =
                Stream.concat(STRANGE_IDS.stream(), Stream.of(decoy.url())).toList();
        for (int i = 0; i < ids.size(); i++) {
            String id = ids.get(i);
            table.of(stranger(i), TestKey.RSA)
                    .misuse("strange id " + i, JwtFlaw.UNKNOWN_KEY, token -> token.header("kid", id));
        }
        WEAK.forEach(weak -> table.of(weak.name(), TestKey.RSA).forgery(weak.name(), JwtFlaw.UNKNOWN_KEY, weak.step()));
    }

    private static String stranger(int number) {
        return "asked-for-a-strange-id-" + number;
    }

    /** A key that is published beside a good one under the id {@code weak}, and how to abuse it. */
    private record Weak(String name, Function<TestToken, String> step, List<Map<String, Object>> keys) {

        @SafeVarargs
        Weak(String name, Function<TestToken, String> step, Map<String, Object>... keys) {
            this(name, step, List.of(keys));
        }
    }

    private static Function<TestToken, String> by(TestKey key) {
        return token -> named(token, key.algorithm()).signedBy(key).text();
    }

    private static TestToken named(TestToken token, String algorithm) {
        return token.header("kid", "weak").header("alg", algorithm);
    }

    /** To the power of one, a number is itself: the padded digest is its own signature (RFC 8017, section 9.2). */
    private static String signedWithNothing(TestToken token) {
        String signed = SignatureAttacks.signed(named(token, "RS256"));
        byte[] info = HexFormat.of().parseHex("003031300d060960864801650304020105000420");
        byte[] padded = new byte[256];
        Arrays.fill(padded, (byte) 0xff);
        padded[0] = 0;
        padded[1] = 1;
        System.arraycopy(info, 0, padded, 256 - 32 - info.length, info.length);
        System.arraycopy(sha256(signed.substring(0, signed.length() - 1)), 0, padded, 256 - 32, 32);
        return signed + TestKey.encoded(padded);
    }

    private static String signedByAnybody(TestToken token) {
        return SignatureAttacks.signed(named(token, "EdDSA")) + neutral(64);
    }

    private static String neutral(int length) {
        byte[] point = new byte[length];
        point[0] = 1;
        return TestKey.encoded(point);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> with(TestKey key, String member, Object value) {
        return changed(key.jwk(), member, value);
    }

    private static Map<String, Object> changed(Map<String, Object> jwk, String member, Object value) {
        Map<String, Object> changed = new HashMap<>(jwk);
        changed.put(member, value);
        return changed;
    }
}
