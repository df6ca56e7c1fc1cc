package dev.credbroker.simulator.sts;

import static dev.credbroker.simulator.World.AUDIENCE;
import static dev.credbroker.simulator.World.OIDC_ROLE;
import static dev.credbroker.simulator.sts.StsAssertions.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.idp.JwtKey;
import dev.credbroker.simulator.idp.Page;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.idp.TokenDraft;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

class AssumeRoleWithWebIdentityTest {

    private static final String TAGS = "https://aws.amazon.com/tags";
    private static final Instant NOW = TestClock.START;

    @RegisterExtension
    static final World WORLD = new World();

    @Test
    void assumeRoleWithWebIdentity_withAGoodToken_isASessionWithItsOrigin() {
        AssumeRoleWithWebIdentityResponse answer = WORLD.withToken(
                WORLD.token()
                        .claim("https://aws.amazon.com/source_identity", "alice")
                        .sign(),
                request -> request.durationSeconds(14_400));

        assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
        assertThat(answer.credentials().expiration()).isEqualTo(NOW.plus(Duration.ofHours(4)));
        assertThat(answer.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/Batch-Upload/batch");
        assertThat(answer.subjectFromWebIdentityToken()).isEqualTo("alice");
        assertThat(answer.provider()).isEqualTo(WORLD.provider().issuer());
        assertThat(answer.audience()).isEqualTo(AUDIENCE);
        assertThat(answer.sourceIdentity()).isEqualTo("alice");
    }

    @Test
    void session_longerThanItsToken_isNotShortened() {
        TokenDraft token = WORLD.token().expires(NOW.plusSeconds(1));

        assertThat(WORLD.withToken(token).credentials().expiration()).isEqualTo(NOW.plusSeconds(3600));
    }

    @ParameterizedTest
    @EnumSource
    void signature_ofAnyAlgorithm_mustBeRsOrEs(JwtAlgorithm algorithm) {
        SimulatedIdentityProvider every =
                WORLD.simulator().identityProvider("every", EnumSet.allOf(JwtAlgorithm.class));
        WORLD.simulator().registerOidc(every, AUDIENCE);
        WORLD.sts().role(OIDC_ROLE, Duration.ofHours(1), Trust.webIdentity(every.issuer()));

        check(
                algorithm.identifier().matches("[RE]S\\d+"),
                every.token().subject("alice").audience(AUDIENCE).algorithm(algorithm),
                "algorithm");
    }

    @Test
    void signature_ofAStrangersKeyUnderAKnownId_isInvalid() {
        String known = WORLD.provider().jwtKey(JwtAlgorithm.RS256).keyId();

        invalid(WORLD.token().signedWith(JwtKey.generate(known, JwtAlgorithm.RS256)), "signature");
    }

    @Test
    void signature_underAnUnknownKeyId_isAKeyThatWasNotRetrieved() {
        invalid(
                WORLD.token().signedWith(JwtKey.generate("unknown", JwtAlgorithm.RS256)),
                "Couldn't retrieve verification key from your identity provider");
    }

    @Test
    void signature_afterARotation_isThatOfTheNewKeyOnly() {
        TokenDraft old = WORLD.token();
        WORLD.provider().rotateKeys();

        invalid(old, "Couldn't retrieve verification key");
        granted(WORLD.token());
    }

    @Test
    void issuer_unknown_isNamed() {
        invalid(
                WORLD.token().claim("iss", "https://other.example.com"),
                "No OpenIDConnect provider found in your account for https://other.example.com");
        invalid(WORLD.token().claim("iss", WORLD.provider().issuer() + "/"), "No OpenIDConnect provider found");
    }

    @Test
    void audience_amongOthers_mustBeRegistered() {
        granted(WORLD.token().audience("other", AUDIENCE));
        invalid(WORLD.token().audience("other"), "Incorrect token audience");
        invalid(WORLD.token().withoutClaim("aud"), "Incorrect token audience");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "-1, false"})
    void expiration_ofTheToken_isOverAtThatSecond(int left, boolean fits) {
        TokenDraft token = WORLD.token().expires(NOW.plusSeconds(left));

        if (fits) {
            granted(token);
        } else {
            refused(() -> WORLD.withToken(token), 400, "ExpiredTokenException", "Token expired");
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void notBefore_ofTheToken_beginsAtThatSecond(int ahead, boolean fits) {
        check(fits, WORLD.token().notBefore(NOW.plusSeconds(ahead)), "not yet valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub"})
    void claim_missing_isInvalid(String claim) {
        invalid(WORLD.token().withoutClaim(claim), "Missing a required claim: " + claim);
    }

    @Test
    void timestamp_thatIsNoInteger_isInvalid() {
        invalid(WORLD.token().claim("iat", NOW.getEpochSecond() + 0.5), "iat must be an integer");
        invalid(WORLD.token().claim("exp", "tomorrow"), "exp must be an integer");
    }

    @ParameterizedTest
    @CsvSource({"3, ValidationError", "4, InvalidIdentityToken", "20000, InvalidIdentityToken", "20001, ValidationError"
    })
    void token_ofAnyLength_isBetween4And20000(int length, String code) {
        refused(() -> WORLD.withToken("a".repeat(length), _ -> {}), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.b.c", "eyJhbGciOiJub25lIn0.e30.", "e30.e30.AA", "W10.W10.AA"})
    void token_thatIsNone_isInvalid(String token) {
        refused(() -> WORLD.withToken(token, _ -> {}), 400, "InvalidIdentityToken");
    }

    @Test
    void role_withConditions_opensToTheClaimsThatMeetThem() {
        WORLD.sts()
                .role(
                        OIDC_ROLE,
                        Duration.ofHours(1),
                        Trust.webIdentity(
                                WORLD.provider().issuer(),
                                claims -> claims.path("sub").asText().equals("bob")));

        granted(WORLD.token().subject("bob"));
        refused(() -> WORLD.withToken(WORLD.token()), 403, "AccessDenied", "sts:AssumeRoleWithWebIdentity");
    }

    @Test
    void role_thatTrustsAnotherIssuer_isDenied() {
        WORLD.sts().role(OIDC_ROLE, Duration.ofHours(1), Trust.webIdentity("https://other.example.com"));

        refused(() -> WORLD.withToken(WORLD.token()), 403, "AccessDenied");
    }

    @Test
    void role_ofAnotherKind_isDenied() {
        refused(
                () -> WORLD.withToken(WORLD.token().sign(), request -> request.roleArn(World.KEY_ROLE)),
                403,
                "AccessDenied");
    }

    @Test
    void duration_ofAnyLength_keepsToAwsRangeAndTheRolesMaximum() {
        for (int seconds : new int[] {899, 14_401, 43_201}) {
            refused(
                    () -> WORLD.withToken(WORLD.token().sign(), request -> request.durationSeconds(seconds)),
                    400,
                    "ValidationError");
        }
        assertThatCode(() -> WORLD.withToken(WORLD.token().sign(), request -> request.durationSeconds(14_400)))
                .doesNotThrowAnyException();
    }

    @Test
    void roleSessionName_outsideOfItsPattern_isInvalid() {
        for (String name : List.of("n", "a b", "n".repeat(65))) {
            refused(
                    () -> WORLD.withToken(WORLD.token().sign(), request -> request.roleSessionName(name)),
                    400,
                    "ValidationError");
        }
    }

    @Test
    void sourceIdentity_outsideOfItsPattern_isInvalid() {
        for (String identity : List.of("n", "a b", "n".repeat(65))) {
            invalid(WORLD.token().claim("https://aws.amazon.com/source_identity", identity), "Source Identity");
        }
    }

    @Test
    void tags_whereTheTrustWithholdsTagging_areDenied() {
        TokenDraft token = WORLD.token().claim(TAGS, Map.of("principal_tags", Map.of("team", List.of("blue"))));

        granted(token);
        WORLD.sts()
                .role(StsRole.of(
                                OIDC_ROLE,
                                Duration.ofHours(1),
                                Trust.webIdentity(WORLD.provider().issuer()))
                        .withholding("sts:TagSession"));
        refused(() -> WORLD.withToken(token), 403, "AccessDenied");
    }

    @Test
    void tag_withTwoValues_isInvalid() {
        invalid(
                WORLD.token().claim(TAGS, Map.of("principal_tags", Map.of("team", List.of("a", "b")))),
                "exactly one value");
    }

    @Test
    void policy_thatIsNone_isMalformed() {
        refused(
                () -> WORLD.withToken(WORLD.token().sign(), request -> request.policy("{")),
                400,
                "MalformedPolicyDocument");
    }

    @Test
    void keys_givenAsAUrl_areFetched() {
        SimulatedIdentityProvider provider = WORLD.provider();
        WORLD.sts().oidcProvider(provider.issuer(), Set.of(AUDIENCE), OidcKeys.at(URI.create(provider.url(Page.JWKS))));

        granted(WORLD.token());
        provider.faults(Page.JWKS).next(1, Fault.status(500));
        invalid(WORLD.token(), "Couldn't retrieve verification key");
        provider.faults(Page.JWKS).next(1, Fault.html());
        invalid(WORLD.token(), "Couldn't retrieve verification key");
    }

    @Test
    void keys_atAUrlThatCannotBeReached_areACommunicationError() {
        WORLD.sts()
                .oidcProvider(
                        WORLD.provider().issuer(), Set.of(AUDIENCE), OidcKeys.at(URI.create("http://127.0.0.1:1/")));

        refused(() -> WORLD.withToken(WORLD.token()), 400, "IDPCommunicationError");
    }

    private static void granted(TokenDraft token) {
        assertThatCode(() -> WORLD.withToken(token)).doesNotThrowAnyException();
    }

    private static void invalid(TokenDraft token, String message) {
        refused(() -> WORLD.withToken(token), 400, "InvalidIdentityToken", message);
    }

    private static void check(boolean fits, TokenDraft token, String message) {
        if (fits) {
            granted(token);
        } else {
            invalid(token, message);
        }
    }
}
