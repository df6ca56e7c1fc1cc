package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JwtCheckerTest {

    private static TestGate gate;
    private static TestToken valid;

    @BeforeAll
    static void open() {
        gate = new TestGate(TestKey.RSA, TestKey.EC, TestKey.EC384, TestKey.EC521, TestKey.ED);
        valid = gate.token();
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    @BeforeEach
    void validTwin_isGenuine() {
        gate.assertGenuine(valid);
    }

    @Test
    void check_validToken_tellsWhatTheTokenSays() {
        CheckedJwt jwt = gate.genuine(valid);

        assertThat(jwt.provider()).isEqualTo("corp");
        assertThat(jwt.issuer()).isEqualTo(gate.provider.issuer());
        assertThat(jwt.subject()).isEqualTo("alice");
        assertThat(jwt.algorithm()).isEqualTo("RS256");
        assertThat(jwt.issuedAt()).isEqualTo(TestClock.START);
        assertThat(jwt.expiration()).isEqualTo(TestClock.START.plusSeconds(600));
        assertThat(jwt.id()).contains("token-1");
        assertThat(jwt.addressedToBroker()).isTrue();
        assertThat(jwt.addressedToAws()).isFalse();
        assertThat(jwt.attributes().get("groups")).containsExactlyInAnyOrder("uploaders", "data");
        assertThat(jwt.toString()).contains("corp").doesNotContain("alice").doesNotContain("uploaders");
    }

    @ParameterizedTest
    @EnumSource(JwsAlgorithm.class)
    void check_anyOfTheTenAlgorithms_isGenuine(JwsAlgorithm algorithm) {
        TestKey key = keyFor(algorithm).with(algorithm.name());
        try (TestGate other = new TestGate(key)) {
            assertThat(other.genuine(other.token(key)).algorithm()).isEqualTo(algorithm.name());
        }
    }

    private static TestKey keyFor(JwsAlgorithm algorithm) {
        return switch (algorithm) {
            case RS256, RS384, RS512, PS256, PS384, PS512 -> TestKey.RSA;
            case ES256 -> TestKey.EC;
            case ES384 -> TestKey.EC384;
            case ES512 -> TestKey.EC521;
            case EdDSA -> TestKey.ED;
        };
    }

    // ---- text

    @Test
    void check_lengthAroundTheLimit_isTooLongFromOneMore() {
        gate.assertGenuine(ofLength(19_999));
        gate.assertGenuine(ofLength(20_000));
        gate.assertRejected(ofLength(20_001), JwtFlaw.TOO_LONG);
    }

    /** Padded by claims; base64url makes no lengths of the form 4n + 1, so the header helps. */
    private static String ofLength(int length) {
        for (int type = 0; type < 4; type++) {
            TestToken token = valid.header("x5t", "x".repeat(type));
            for (int padding = 0; padding < 4; padding++) {
                int rest = (length - token.text().length()) * 3 / 4 - 60;
                TestToken padded = token.with("pad", List.of("x".repeat(rest / 2), "x".repeat(rest - rest / 2)));
                for (int more = 0; more < 80; more++) {
                    String text = padded.with("more", "x".repeat(more)).text();
                    if (text.length() == length) {
                        return text;
                    }
                }
            }
        }
        throw new AssertionError("no token of " + length);
    }

    @Test
    void check_otherSegments_isNotCompact() {
        String text = valid.text();
        String[] parts = text.split("\\.");

        for (String malformed : List.of(
                "",
                ".",
                "..",
                parts[0] + "." + parts[1],
                parts[0] + "." + parts[1] + ".",
                "." + parts[1] + "." + parts[2],
                parts[0] + ".." + parts[2],
                text + "." + parts[2],
                text + ".." + parts[2],
                " " + text,
                text + "\n",
                text + "=",
                text + "!!",
                "Bearer " + text,
                parts[0] + "\n." + parts[1] + "." + parts[2],
                parts[0] + ".\u200b" + parts[1] + "." + parts[2],
                "{\"payload\":\"" + parts[1] + "\",\"signatures\":[]}")) {
            gate.assertRejected(malformed, JwtFlaw.NOT_COMPACT);
        }
    }

    @Test
    void check_standardAlphabet_isNotCompact() {
        TestToken token = valid.with("pad", "???>>>");
        gate.assertGenuine(token);

        gate.assertRejected(token.text().replace('-', '+').replace('_', '/'), JwtFlaw.NOT_COMPACT);
    }

    @Test
    void check_spareBitsInTheSignature_isNotCanonical() {
        TestToken token = gate.token(TestKey.ED);
        gate.assertGenuine(token);

        String text = token.text();
        char last = text.charAt(text.length() - 1);
        assertThat("AQgw").contains(String.valueOf(last)); // 64 bytes leave four bits, all zero
        gate.assertRejected(text.substring(0, text.length() - 1) + (char) (last + 1), JwtFlaw.NOT_CANONICAL);
    }

    @Test
    void check_segmentOfImpossibleLength_isNotCanonical() {
        String[] parts = valid.text().split("\\.");

        gate.assertRejected("AAAAA." + parts[1] + "." + parts[2], JwtFlaw.NOT_CANONICAL);
    }

    // ---- header

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "null", "1", "{", "{}{}", "{}x", "{\"alg\":\"RS256\",\"alg\":\"RS256\"}", "\ufeff{}"})
    void check_headerIsNoPlainObject_isRejected(String header) {
        String text = valid.text(header.isEmpty() ? " " : header, TestToken.json(valid.claims()));

        gate.assertRejected(text, JwtFlaw.HEADER);
    }

    @Test
    void check_memberTwiceByEscape_isRejected() {
        gate.assertRejected(valid.replacingInHeader("{", "{\"\\u0061lg\":\"none\","), JwtFlaw.HEADER);
        gate.assertRejected(valid.replacing("{", "{\"\\u0073ub\":\"root\","), JwtFlaw.CLAIMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"crit", "b64", "zip", "jwk", "jku", "x5u", "enc", "cty", "p2c", "epk", "nonce", "ALG"})
    void check_otherMemberInTheHeader_isRejected(String member) {
        gate.assertRejected(valid.header(member, "x"), JwtFlaw.HEADER_MEMBER);
    }

    @Test
    void check_emptyCrit_isRejected() {
        gate.assertRejected(valid.header("crit", List.of()), JwtFlaw.HEADER_MEMBER);
    }

    @Test
    void check_certificateMembers_areIgnored() {
        gate.assertGenuine(valid.header("x5t", "a").header("x5t#S256", "b").header("x5c", List.of("junk")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "none", "nOnE", "None", "", "HS256", "HS384", "HS512", "rs256", "RS1", "ES256K", "RSA1_5", "dir",
                "EdDSA "
            })
    void check_otherAlgorithm_isRejected(String algorithm) {
        gate.assertRejected(valid.header("alg", algorithm), JwtFlaw.ALGORITHM);
    }

    @Test
    void check_algorithmIsNoText_isRejected() {
        gate.assertRejected(valid.withoutHeader("alg"), JwtFlaw.ALGORITHM);
        gate.assertRejected(valid.header("alg", 256), JwtFlaw.ALGORITHM);
        gate.assertRejected(valid.header("alg", List.of("RS256")), JwtFlaw.ALGORITHM);
    }

    @Test
    void check_keyIdMissingOrOfAnotherKind_isRejected() {
        gate.assertRejected(valid.withoutHeader("kid"), JwtFlaw.KEY_ID);
        gate.assertRejected(valid.header("kid", ""), JwtFlaw.KEY_ID);
        gate.assertRejected(valid.header("kid", 1), JwtFlaw.KEY_ID);
        gate.assertRejected(valid.header("kid", List.of("rsa-1")), JwtFlaw.KEY_ID);
    }

    @Test
    void check_keyIdAroundTheLimit_isRejectedFromOneMore() {
        TestKey longest = TestKey.RSA.as("k".repeat(256));
        try (TestGate other = new TestGate(TestKey.RSA.as("k".repeat(255)), longest, TestKey.RSA.as("k".repeat(257)))) {
            other.assertGenuine(other.token(TestKey.RSA.as("k".repeat(255))));
            other.assertGenuine(other.token(longest));
            other.assertRejected(other.token(TestKey.RSA.as("k".repeat(257))), JwtFlaw.KEY_ID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../../../dev/null",
                "' OR 1=1--",
                "rsa-1\u0000",
                "rsa-1\n",
                "RSA-1",
                " rsa-1",
                "http://127.0.0.1/x"
            })
    void check_strangeKeyId_isMerelyUnknown(String keyId) {
        assertThat(gate.check(valid.header("kid", keyId))).isEqualTo(new JwtCheck.KeysMissing("corp"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"JWT", "jwt", "application/jwt", "at+jwt", "AT+JWT", "application/at+JWT"})
    void check_typeOfADefault_isGenuine(String type) {
        gate.assertGenuine(valid.header("typ", type));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "logout+jwt",
                "dpop+jwt",
                "secevent+jwt",
                "client-authentication+jwt",
                "JOSE",
                "",
                "absent",
                "text/jwt"
            })
    void check_otherType_isRejected(String type) {
        gate.assertRejected(valid.header("typ", type), JwtFlaw.TYPE);
    }

    /** OpenID Connect Back-Channel Logout 1.0, section 2.4, recommends a type of its own and does not ask for it. */
    @Test
    void check_tokenThatTellsOfAnEvent_isRejectedWhateverItsType() {
        TestToken logout = valid.with("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()));

        gate.assertRejected(logout, JwtFlaw.TYPE);
        gate.assertRejected(logout.withoutHeader("typ"), JwtFlaw.TYPE);
        gate.assertRejected(valid.replacing("{", "{\"events\":null,"), JwtFlaw.TYPE);
    }

    @Test
    void check_typeAbsent_isGenuineAndNoTextIsNot() {
        gate.assertGenuine(valid.withoutHeader("typ"));
        gate.assertRejected(valid.header("typ", 1), JwtFlaw.TYPE);
        gate.assertRejected(valid.replacingInHeader("\"JWT\"", "null"), JwtFlaw.TYPE);
    }

    @Test
    void check_typesConfigured_onlyTheyAreTaken() {
        try (TestGate strict = new TestGate(Map.of("typ", "application/AT+jwt"), TestKey.RSA)) {
            strict.assertGenuine(strict.token().header("typ", "at+jwt"));
            strict.assertRejected(strict.token(), JwtFlaw.TYPE);
            strict.assertRejected(strict.token().withoutHeader("typ"), JwtFlaw.TYPE);
        }
    }

    // ---- issuer

    @Test
    void check_issuerThatDiffersAnyhow_isRejectedWithoutAName() {
        String issuer = gate.provider.issuer();

        for (Object other : List.of(
                issuer + "/",
                issuer.replace("http", "HTTP"),
                issuer.replace("127.0.0.1", "localhost"),
                issuer + "#",
                issuer + " ",
                issuer.replace("1", "%31"),
                List.of(issuer),
                "",
                7)) {
            assertThat(gate.check(valid.with("iss", other)))
                    .isEqualTo(new JwtCheck.Rejected(JwtFlaw.ISSUER, Optional.empty()));
        }
        gate.assertRejected(valid.without("iss"), JwtFlaw.ISSUER);
    }

    @Test
    void check_unknownIssuer_fetchesNothing() {
        long before = gate.keys().fetches();

        gate.checker.checkAwaitingKeys(
                valid.with("iss", "https://evil.example").header("kid", "new").secret());

        assertThat(gate.keys().fetches()).isEqualTo(before);
    }

    @Test
    void check_hopelessHeader_fetchesNothing() {
        long before = gate.keys().fetches();

        gate.checker.checkAwaitingKeys(
                valid.header("typ", "dpop+jwt").header("kid", "new").secret());
        gate.checker.checkAwaitingKeys(
                valid.header("alg", "none").header("kid", "new").secret());

        assertThat(gate.keys().fetches()).isEqualTo(before);
    }

    // ---- signature

    @Test
    void check_otherKeyUnderTheSameId_isRejected() {
        gate.assertRejected(valid.signedBy(TestKey.OTHER_RSA), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_oneBitOfTheSignatureTurned_isRejected() {
        String text = valid.text();
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1));
        signature[17] ^= 1;

        gate.assertRejected(
                text.substring(0, text.lastIndexOf('.') + 1) + TestKey.encoded(signature), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_claimsOfAnotherToken_isRejected() {
        String[] one = valid.text().split("\\.");
        String[] other = valid.with("sub", "root").text().split("\\.");

        gate.assertRejected(one[0] + "." + other[1] + "." + one[2], JwtFlaw.SIGNATURE);
    }

    @Test
    void check_algorithmOfTheSameFamilyThatIsNotTheKeys_isRejected() {
        TestKey asPs256 = TestKey.RSA.with("PS256");
        TestKey asRs512 = TestKey.RSA.with("RS512");

        gate.assertRejected(gate.token(asPs256), JwtFlaw.SIGNATURE);
        gate.assertRejected(gate.token(asRs512), JwtFlaw.SIGNATURE);
    }

    /** The signature is good by the key's own algorithm; only the header says another. */
    @Test
    void check_headerNamesAnotherAlgorithmThanTheKeys_isRejected() {
        gate.assertRejected(valid.header("alg", "RS512"), JwtFlaw.SIGNATURE);
        gate.assertRejected(valid.header("alg", "ES256"), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_algorithmNotConfigured_isRejected() {
        try (TestGate strict = new TestGate(Map.of("algorithms", "ES256"), TestKey.RSA, TestKey.EC)) {
            strict.assertGenuine(strict.token(TestKey.EC));
            strict.assertRejected(strict.token(TestKey.RSA), JwtFlaw.ALGORITHM);
        }
    }

    @Test
    void check_psychicAndMalformedEcdsaSignatures_areRejected() {
        TestToken token = gate.token(TestKey.EC);
        gate.assertGenuine(token);
        String signed = token.text().substring(0, token.text().lastIndexOf('.') + 1);
        byte[] order = orderOfP256();

        gate.assertRejected(signed + TestKey.encoded(new byte[64]), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(concatenated(order, order)), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(new byte[63]), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(new byte[65]), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(new byte[1]), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_ecdsaSignatureAsDer_isRejected() throws Exception {
        TestToken token = gate.token(TestKey.EC);
        String signed = token.text().substring(0, token.text().lastIndexOf('.'));
        Signature der = Signature.getInstance("SHA256withECDSA");
        der.initSign(TestKey.EC.pair().getPrivate());
        der.update(signed.getBytes(StandardCharsets.US_ASCII));

        gate.assertRejected(signed + "." + TestKey.encoded(der.sign()), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_rsaSignatureOfAnotherLength_isRejected() {
        String text = valid.text();
        byte[] signature = Base64.getUrlDecoder().decode(text.substring(text.lastIndexOf('.') + 1));
        String signed = text.substring(0, text.lastIndexOf('.') + 1);

        gate.assertRejected(signed + TestKey.encoded(Arrays.copyOf(signature, 257)), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(Arrays.copyOf(signature, 255)), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(concatenated(new byte[1], signature)), JwtFlaw.SIGNATURE);
    }

    @Test
    void check_edwardsSignatureOfAnotherLengthOrAllZero_isRejected() {
        TestToken token = gate.token(TestKey.ED);
        gate.assertGenuine(token);
        String signed = token.text().substring(0, token.text().lastIndexOf('.') + 1);

        gate.assertRejected(signed + TestKey.encoded(new byte[64]), JwtFlaw.SIGNATURE);
        gate.assertRejected(signed + TestKey.encoded(new byte[63]), JwtFlaw.SIGNATURE);
    }

    /** Each is what a library could mistake for an HMAC key; the algorithm is refused before any key is looked at. */
    @Test
    void check_hmacOverThePublicKey_isRejected() throws Exception {
        byte[] der = TestKey.RSA.pair().getPublic().getEncoded();
        String pem = "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PUBLIC KEY-----";
        for (byte[] secret : List.of(
                der,
                pem.getBytes(StandardCharsets.US_ASCII),
                (pem + "\n").getBytes(StandardCharsets.US_ASCII),
                TestToken.json(TestKey.RSA.jwk()).getBytes(StandardCharsets.UTF_8),
                ((RSAPublicKey) TestKey.RSA.pair().getPublic()).getModulus().toByteArray())) {
            String text = valid.header("alg", "HS256").text();
            String signed = text.substring(0, text.lastIndexOf('.'));
            Mac hmac = Mac.getInstance("HmacSHA256");
            hmac.init(new SecretKeySpec(secret, "HmacSHA256"));

            gate.assertRejected(
                    signed + "." + TestKey.encoded(hmac.doFinal(signed.getBytes(StandardCharsets.US_ASCII))),
                    JwtFlaw.ALGORITHM);
        }
    }

    @Test
    void check_keyOfAnotherTrustedIssuer_isRejected() {
        try (TestIdentityProvider other = new TestIdentityProvider(TestKey.OTHER_RSA);
                TwoIssuers two = new TwoIssuers(gate.provider, other)) {
            two.assertGenuine(TestToken.of(other.issuer(), TestKey.OTHER_RSA));

            assertThat(two.check(TestToken.of(gate.provider.issuer(), TestKey.OTHER_RSA)))
                    .isEqualTo(new JwtCheck.KeysMissing("a"));
            assertThat(two.check(TestToken.of(gate.provider.issuer(), TestKey.OTHER_RSA.as("rsa-1"))))
                    .isEqualTo(new JwtCheck.Rejected(JwtFlaw.SIGNATURE, Optional.of("a")));
        }
    }

    // ---- claims

    @Test
    void check_claimsAreNoPlainObject_isRejected() {
        for (String claims : List.of("[]", "\"x\"", "{", "{}{}", "{\"a\":NaN}", "{\"a\":1,}", "{/**/}", "{'a':1}")) {
            gate.assertRejected(valid.text(TestToken.json(valid.header()), claims), JwtFlaw.CLAIMS);
        }
    }

    @Test
    void check_claimTwiceAlsoDeepInside_isRejected() {
        gate.assertRejected(valid.replacing("{", "{\"sub\":\"root\","), JwtFlaw.CLAIMS);
        gate.assertRejected(valid.replacing("{", "{\"realm\":{\"a\":1,\"a\":2},"), JwtFlaw.CLAIMS);
    }

    @Test
    void check_loneSurrogateOrInvalidUtf8_isRejected() {
        gate.assertRejected(valid.replacing("alice", "\\ud800"), JwtFlaw.CLAIMS);
        gate.assertRejected(valid.replacing("{", "{\"\\udc00\":1,"), JwtFlaw.CLAIMS);
        byte[] claims = TestToken.json(valid.claims()).getBytes(StandardCharsets.ISO_8859_1);
        claims[new String(claims, StandardCharsets.ISO_8859_1).indexOf("alice")] = (byte) 0xC0;
        byte[] header = TestToken.json(valid.header()).getBytes(StandardCharsets.UTF_8);
        gate.assertRejected(TestKey.RSA.sign(header, claims), JwtFlaw.CLAIMS);
    }

    @Test
    void check_deepOrLongJson_isRejectedQuicklyAndWithoutAnError() {
        gate.assertRejected(
                valid.replacing("{", "{\"deep\":" + "[".repeat(5000) + "]".repeat(5000) + ","), JwtFlaw.CLAIMS);
        gate.assertRejected(valid.replacingInHeader("{", "{\"deep\":" + "[".repeat(5000) + ","), JwtFlaw.HEADER);
        gate.assertRejected(valid.replacing("{", "{\"long\":" + "9".repeat(9000) + ","), JwtFlaw.CLAIMS);
        gate.assertRejected(valid.replacingInHeader("{", "{\"long\":" + "9".repeat(9000) + ","), JwtFlaw.HEADER);
    }

    @Test
    void check_boundToAKey_isRejected() {
        gate.assertRejected(valid.with("cnf", Map.of("jkt", "x")), JwtFlaw.BOUND_TO_A_KEY);
        gate.assertRejected(valid.replacing("{", "{\"cnf\":null,"), JwtFlaw.BOUND_TO_A_KEY);
    }

    @Test
    void check_audienceOfSomebodyElse_isRejected() {
        for (Object other : List.of(
                "other",
                "",
                "credential-broker ",
                "Credential-Broker",
                List.of(),
                List.of("other"),
                Map.of("credential-broker", 1),
                1)) {
            gate.assertRejected(valid.with("aud", other), JwtFlaw.AUDIENCE);
        }
        gate.assertRejected(valid.without("aud"), JwtFlaw.AUDIENCE);
    }

    @Test
    void check_audienceHoldsMoreThanTexts_isRejected() {
        TestToken token = valid.with("azp", "anybody");
        gate.assertGenuine(token.with("aud", List.of("credential-broker", "other")));
        gate.assertRejected(token.with("aud", List.of("credential-broker", 1)), JwtFlaw.AUDIENCE);
        gate.assertRejected(token.with("aud", List.of(List.of("credential-broker"))), JwtFlaw.AUDIENCE);
    }

    @Test
    void check_severalAudiences_needAnAuthorizedParty() {
        TestToken one = valid.with("aud", List.of("credential-broker"));
        TestToken two = valid.with("aud", List.of("credential-broker", "other"));

        gate.assertGenuine(one);
        gate.assertGenuine(valid.with("aud", List.of("credential-broker", "credential-broker")));
        gate.assertRejected(two, JwtFlaw.AUTHORIZED_PARTY);
        gate.assertRejected(
                valid.with("aud", List.of("credential-broker", "sts.amazonaws.com")), JwtFlaw.AUTHORIZED_PARTY);
        gate.assertGenuine(two.with("azp", "anybody"));
    }

    @Test
    void check_audienceOfAws_isAddressedToAwsAlone() {
        CheckedJwt aws = gate.genuine(valid.with("aud", "sts.amazonaws.com"));
        CheckedJwt both = gate.genuine(valid.with("aud", List.of("sts.amazonaws.com", "credential-broker"))
                .with("azp", "anybody"));

        assertThat(aws.addressedToAws()).isTrue();
        assertThat(aws.addressedToBroker()).isFalse();
        assertThat(both.addressedToAws()).isTrue();
        assertThat(both.addressedToBroker()).isTrue();
    }

    @Test
    void check_authorizedPartyThatIsNoName_isRejected() {
        for (Object other : List.of("", 7, List.of("anybody"), Map.of("a", "b"))) {
            gate.assertRejected(valid.with("azp", other), JwtFlaw.AUTHORIZED_PARTY);
        }
        gate.assertRejected(valid.replacing("{", "{\"azp\":null,"), JwtFlaw.AUTHORIZED_PARTY);
    }

    @Test
    void check_authorizedParty_isComparedOnlyWhereConfigured() {
        gate.assertGenuine(valid.with("azp", "anybody"));
        try (TestGate strict = new TestGate(Map.of("authorized-parties", "uploader,agent"), TestKey.RSA)) {
            strict.assertGenuine(strict.token().with("azp", "agent"));
            strict.assertRejected(strict.token().with("azp", "anybody"), JwtFlaw.AUTHORIZED_PARTY);
            strict.assertRejected(strict.token().with("azp", List.of("agent")), JwtFlaw.AUTHORIZED_PARTY);
            strict.assertRejected(strict.token(), JwtFlaw.AUTHORIZED_PARTY);
        }
    }

    @Test
    void check_subjectAroundTheLimit_isRejectedFromOneMore() {
        gate.assertGenuine(valid.with("sub", "s".repeat(254)));
        gate.assertGenuine(valid.with("sub", "s".repeat(255)));
        gate.assertRejected(valid.with("sub", "s".repeat(256)), JwtFlaw.SUBJECT);
    }

    @Test
    void check_subjectThatIsNone_isRejected() {
        for (Object other : List.of(
                "",
                7,
                List.of("alice"),
                Map.of("a", "b"),
                "a\u0000",
                "a\nb",
                "a\u001b[31m",
                "a\u2028",
                "a\u2029",
                "a\u202eb",
                "a\u200bb",
                "a\ufeff")) {
            gate.assertRejected(valid.with("sub", other), JwtFlaw.SUBJECT);
        }
        gate.assertRejected(valid.without("sub"), JwtFlaw.SUBJECT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Alice", "alice ", "\u00e9", "e\u0301", "\u0130", "\uD83D\uDE00", "system:serviceaccount:a:b"})
    void check_anyOtherSubject_staysAsItCame(String subject) {
        assertThat(gate.genuine(valid.with("sub", subject)).subject()).isEqualTo(subject);
    }

    @Test
    void check_subjectClaimConfigured_namesTheCaller() {
        try (TestGate other = new TestGate(Map.of("subject-claim", "person.oid"), TestKey.RSA)) {
            TestToken token = other.token().with("person", Map.of("oid", "4711"));

            assertThat(other.genuine(token).subject()).isEqualTo("4711");
            other.assertRejected(other.token(), JwtFlaw.SUBJECT);
        }
    }

    @Test
    void check_idThatIsNoPlainText_isAbsent() {
        assertThat(gate.genuine(valid.with("jti", 7)).id()).isEmpty();
        assertThat(gate.genuine(valid.with("jti", "a\nb")).id()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jti", "iat", "nbf", "exp", "auth_time", "sid", "nonce", "at_hash"})
    void claimsDigest_withAnotherVolatileClaim_isTheSame(String claim) {
        CheckedJwt other = gate.genuine(valid.with(claim, TestClock.START.plusSeconds(1)));

        assertThat(other.claimsDigest()).isEqualTo(gate.genuine(valid).claimsDigest());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"sub", "azp", "amr", "acr", "scope", "c_hash", "groups", "JTI", "https://aws.amazon.com/tags"})
    void claimsDigest_withAnyOtherClaim_isAnother(String claim) {
        CheckedJwt other = gate.genuine(valid.with(claim, "other"));

        assertThat(other.claimsDigest()).isNotEqualTo(gate.genuine(valid).claimsDigest());
    }

    @Test
    void check_anythingThrownInside_isARejection() {
        AtomicReference<RuntimeException> bug = new AtomicReference<>();
        AtomicReference<StackOverflowError> overflow = new AtomicReference<>();
        JwtChecker checker = new JwtChecker(gate.issuers, () -> {
            if (bug.get() != null) {
                throw bug.get();
            }
            if (overflow.get() != null) {
                throw overflow.get();
            }
            return TestClock.START;
        });
        JwtCheck rejected = new JwtCheck.Rejected(JwtFlaw.UNREADABLE, Optional.empty());

        overflow.set(new StackOverflowError());
        assertThat(checker.check(valid.secret())).isEqualTo(rejected);
        bug.set(new IllegalArgumentException("canary"));
        assertThat(checker.check(valid.secret())).isEqualTo(rejected);
    }

    @Test
    void check_rejected_namesTheIssuerWhereOneIsTrusted() {
        assertThat(gate.check(valid.without("sub")))
                .isEqualTo(new JwtCheck.Rejected(JwtFlaw.SUBJECT, Optional.of("corp")));
        assertThat(gate.check("x")).isEqualTo(new JwtCheck.Rejected(JwtFlaw.NOT_COMPACT, Optional.empty()));
    }

    private static byte[] orderOfP256() {
        byte[] order = ((ECPublicKey) TestKey.EC.pair().getPublic())
                .getParams()
                .getOrder()
                .toByteArray();
        return Arrays.copyOfRange(order, order.length - 32, order.length);
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
