package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.EllipticCurve;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jose4j.jwk.PublicJsonWebKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetReaderTest {

    private static final List<JwsAlgorithm> ALL = List.of(JwsAlgorithm.values());

    @Test
    void read_keysOfEveryKind_areUsable() throws Exception {
        assertThat(read(
                        TestKey.RSA.jwk(),
                        TestKey.EC.jwk(),
                        TestKey.EC384.jwk(),
                        TestKey.EC521.jwk(),
                        TestKey.ED.jwk()))
                .containsOnlyKeys("rsa-1", "ec-1", "ec-384", "ec-521", "ed-1");
    }

    @Test
    void read_oneBadKey_doesNotTakeTheOthersAway() throws Exception {
        assertThat(read(Map.of("kty", "XX", "kid", "x"), TestKey.RSA.jwk())).containsOnlyKeys("rsa-1");
    }

    @Test
    void read_useOrOperationsOtherThanVerifying_isLeftOut() throws Exception {
        assertThat(read(with("use", "sig"))).isNotEmpty();
        assertThat(read(without("use"))).isNotEmpty();
        assertThat(read(with("use", "enc"))).isEmpty();
        assertThat(read(with("use", 1))).isEmpty();
        assertThat(read(with("key_ops", List.of("verify")))).isNotEmpty();
        assertThat(read(with("key_ops", List.of("encrypt")))).isEmpty();
        assertThat(read(with("key_ops", List.of()))).isEmpty();
        assertThat(read(with("key_ops", "verify"))).isEmpty();
    }

    @Test
    void read_withoutUsableId_isLeftOut() throws Exception {
        assertThat(read(with("kid", "k".repeat(256)))).isNotEmpty();
        assertThat(read(with("kid", "k".repeat(257)))).isEmpty();
        assertThat(read(with("kid", ""))).isEmpty();
        assertThat(read(with("kid", 1))).isEmpty();
        assertThat(read(without("kid"))).isEmpty();
    }

    @Test
    void read_idTwice_namesNeither() throws Exception {
        assertThat(read(TestKey.RSA.jwk(), TestKey.OTHER_RSA.as("rsa-1").jwk(), TestKey.EC.jwk()))
                .containsOnlyKeys("ec-1");
        assertThat(read(TestKey.RSA.jwk(), TestKey.RSA.jwk(), TestKey.RSA.jwk()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"d", "p", "q", "dp", "dq", "qi", "oth", "k"})
    void read_anyPartOfAPrivateKey_isLeftOut(String member) throws Exception {
        assertThat(read(with(member, "AQAB"))).isEmpty();
    }

    @Test
    void read_symmetricKey_isLeftOut() throws Exception {
        assertThat(read(Map.of(
                        "kty",
                        "oct",
                        "k",
                        "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA",
                        "kid",
                        "o",
                        "alg",
                        "HS256")))
                .isEmpty();
    }

    @Test
    void read_algorithmOfTheKey_isTheOnlyOne() throws Exception {
        assertThat(algorithmOf(ALL, with("alg", "PS384"))).isEqualTo(JwsAlgorithm.PS384);
        assertThat(read(with("alg", "ES256"))).isEmpty();
        assertThat(read(with("alg", "RSA-OAEP"))).isEmpty();
        assertThat(read(with("alg", "none"))).isEmpty();
        assertThat(read(with("alg", 1))).isEmpty();
    }

    @Test
    void read_keyWithoutAlgorithm_servesTheFirstConfiguredThatSuits() throws Exception {
        Map<String, Object> rsa = TestKey.RSA.jwkWithoutAlgorithm();

        assertThat(algorithmOf(ALL, rsa)).isEqualTo(JwsAlgorithm.RS256);
        assertThat(algorithmOf(List.of(JwsAlgorithm.ES256, JwsAlgorithm.PS512, JwsAlgorithm.RS256), rsa))
                .isEqualTo(JwsAlgorithm.PS512);
        assertThat(read(List.of(JwsAlgorithm.ES256), rsa)).isEmpty();
        assertThat(algorithmOf(ALL, TestKey.EC521.jwkWithoutAlgorithm())).isEqualTo(JwsAlgorithm.ES512);
    }

    @Test
    void read_algorithmThatIsNotConfigured_isLeftOut() throws Exception {
        assertThat(read(List.of(JwsAlgorithm.ES256), TestKey.RSA.jwk(), TestKey.EC.jwk()))
                .containsOnlyKeys("ec-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ES384", "ES512"})
    void read_curveOfAnotherAlgorithm_isLeftOut(String algorithm) throws Exception {
        assertThat(read(TestKey.EC.with(algorithm).jwk())).isEmpty();
    }

    @Test
    void read_modulusAroundTheLimits_isLeftOutOutside() throws Exception {
        assertThat(read(TestKey.rsa("r", "RS256", 1024).jwk())).isEmpty();
        assertThat(read(modulusOf(2047))).isEmpty();
        assertThat(read(modulusOf(2048))).isNotEmpty();
        assertThat(read(modulusOf(8192))).isNotEmpty();
        assertThat(read(modulusOf(8193))).isEmpty();
    }

    /** No product of two primes, which nobody looks at. */
    private static Map<String, Object> modulusOf(int bits) {
        BigInteger modulus = BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.valueOf(12_345_677));
        return changed(TestKey.RSA.jwk(), "n", unsigned(modulus));
    }

    /** Powers of 65537 are what the faulty library's keys are, modulo all small primes. */
    @Test
    void read_modulusWithTheMarkOfRoca_isLeftOut() throws Exception {
        BigInteger power = BigInteger.valueOf(65_537).pow(128);

        assertThat(read(changed(TestKey.RSA.jwk(), "n", unsigned(power)))).isEmpty();
        assertThat(read(changed(TestKey.RSA.jwk(), "n", unsigned(power.add(BigInteger.TWO)))))
                .isNotEmpty();
    }

    @Test
    void read_evenModulus_isLeftOut() throws Exception {
        assertThat(read(changed(
                        TestKey.RSA.jwk(),
                        "n",
                        unsigned(BigInteger.ONE.shiftLeft(2047).add(BigInteger.TWO)))))
                .isEmpty();
    }

    @Test
    void read_exponentAroundTheLimits_isLeftOutOutside() throws Exception {
        assertThat(read(exponent(BigInteger.valueOf(65_537)))).isNotEmpty();
        assertThat(read(exponent(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))))
                .isNotEmpty();
        for (BigInteger bad : List.of(
                BigInteger.ONE,
                BigInteger.valueOf(3),
                BigInteger.valueOf(65_535),
                BigInteger.valueOf(65_538),
                BigInteger.ONE.shiftLeft(256).add(BigInteger.ONE))) {
            assertThat(read(exponent(bad))).as("e=%s", bad).isEmpty();
        }
    }

    private static Map<String, Object> exponent(BigInteger exponent) {
        return changed(TestKey.RSA.jwk(), "e", unsigned(exponent));
    }

    @Test
    void read_pointOffTheCurve_isLeftOut() throws Exception {
        Map<String, Object> jwk = TestKey.EC.jwk();

        assertThat(read(jwk)).isNotEmpty();
        assertThat(read(changed(jwk, "y", String.valueOf(jwk.get("x"))))).isEmpty();
        assertThat(read(changed(changed(jwk, "x", TestKey.encoded(new byte[32])), "y", TestKey.encoded(new byte[32]))))
                .isEmpty();
    }

    /** P-256 leaves room for a second spelling of the smallest coordinates: x and x + p both have 32 bytes. */
    @Test
    void read_coordinateBeyondTheField_isLeftOut() throws Exception {
        EllipticCurve curve =
                ((ECPublicKey) TestKey.EC.pair().getPublic()).getParams().getCurve();
        BigInteger p = ((ECFieldFp) curve.getField()).getP();
        BigInteger x = BigInteger.ONE;
        while (!square(x, curve).equals(root(square(x, curve), p).modPow(BigInteger.TWO, p))) {
            x = x.add(BigInteger.ONE);
        }
        Map<String, Object> small = changed(TestKey.EC.jwk(), "y", padded(root(square(x, curve), p)));

        assertThat(read(changed(small, "x", padded(x)))).isNotEmpty();
        assertThat(read(changed(small, "x", padded(x.add(p))))).isEmpty();
    }

    private static BigInteger square(BigInteger x, EllipticCurve curve) {
        return x.pow(3).add(curve.getA().multiply(x)).add(curve.getB()).mod(((ECFieldFp) curve.getField()).getP());
    }

    /** Where there is one: p is 3 modulo 4. */
    private static BigInteger root(BigInteger square, BigInteger p) {
        return square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
    }

    private static String padded(BigInteger coordinate) {
        byte[] bytes = coordinate.toByteArray();
        byte[] all = new byte[32];
        int significant = Math.min(bytes.length, all.length);
        System.arraycopy(bytes, bytes.length - significant, all, all.length - significant, significant);
        return TestKey.encoded(all);
    }

    /** The five of RFC 8032's curve, and the two that are written with a y beyond the field. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"
            })
    void read_edwardsPointOfSmallOrder_isLeftOut(String point) throws Exception {
        byte[] bytes = HexFormat.of().parseHex(point);
        assertThat(read(TestKey.ED.jwk())).isNotEmpty();

        assertThat(read(edwards(bytes))).isEmpty();
        bytes[31] ^= (byte) 0x80; // the other x
        assertThat(read(edwards(bytes))).isEmpty();
    }

    private static Map<String, Object> edwards(byte[] point) {
        return changed(TestKey.ED.jwk(), "x", TestKey.encoded(point));
    }

    /** Why: the JDK finds this signature good under the neutral point, whatever was signed. */
    @Test
    void verifies_underTheNeutralPoint_isTrueForAnybody() throws Exception {
        byte[] neutral = new byte[32];
        neutral[0] = 1;
        PublicKey key = PublicJsonWebKey.Factory.newPublicJwk(TestToken.json(edwards(neutral)))
                .getPublicKey();

        assertThat(JwsAlgorithm.EdDSA.verifies(key, new byte[] {1, 2, 3}, Arrays.copyOf(neutral, 64)))
                .isTrue();
    }

    @Test
    void read_otherCurves_areLeftOut() throws Exception {
        assertThat(read(changed(TestKey.EC.jwk(), "crv", "secp256k1"))).isEmpty();
        assertThat(read(changed(TestKey.ED.jwk(), "crv", "Ed448"))).isEmpty();
        assertThat(read(changed(TestKey.ED.jwk(), "crv", "X25519"))).isEmpty();
        assertThat(read(TestKey.generated("e", "EdDSA", "Ed448").jwk())).isEmpty();
    }

    @Test
    void read_materialMissingOrNotBase64Url_isLeftOut() throws Exception {
        assertThat(read(without("n"))).isEmpty();
        assertThat(read(without("e"))).isEmpty();
        assertThat(read(without("kty"))).isEmpty();
        assertThat(read(with("e", "AQ AB"))).isEmpty();
        assertThat(read(with("e", "AQAB="))).isEmpty();
        assertThat(read(with("n", 1))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "<html>", "{\"keys\":{}}", "{\"keys\":null}", "{\"keys\":[],\"keys\":[]}"})
    void read_noKeySet_isRefused(String json) {
        assertThatExceptionOfType(KeysFetchException.class)
                .isThrownBy(() -> new KeySetReader(ALL).read(json.getBytes(StandardCharsets.UTF_8)))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(KeysFailure.NOT_A_KEY_SET));
    }

    @Test
    void read_emptySetOrJunkInIt_isEmpty() throws Exception {
        assertThat(read()).isEmpty();
        assertThat(new KeySetReader(ALL).read("{\"keys\":[1,null,[],\"x\",{}]}".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
    }

    private static Map<String, Object> with(String member, Object value) {
        return changed(TestKey.RSA.jwk(), member, value);
    }

    private static Map<String, Object> without(String member) {
        Map<String, Object> jwk = new HashMap<>(TestKey.RSA.jwk());
        jwk.remove(member);
        return jwk;
    }

    private static Map<String, Object> changed(Map<String, Object> jwk, String member, Object value) {
        Map<String, Object> changed = new HashMap<>(jwk);
        changed.put(member, value);
        return changed;
    }

    private static String unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return TestKey.encoded(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    private static JwsAlgorithm algorithmOf(List<JwsAlgorithm> configured, Map<String, Object> jwk)
            throws KeysFetchException {
        return read(configured, jwk).values().iterator().next().algorithm();
    }

    @SafeVarargs
    private static Map<String, VerificationKey> read(Map<String, Object>... jwks) throws KeysFetchException {
        return read(ALL, jwks);
    }

    @SafeVarargs
    private static Map<String, VerificationKey> read(List<JwsAlgorithm> algorithms, Map<String, Object>... jwks)
            throws KeysFetchException {
        String json = TestToken.json(TestIdentityProvider.keySet(Stream.of(jwks).toList()));
        return new KeySetReader(algorithms).read(json.getBytes(StandardCharsets.UTF_8));
    }
}
