package dev.credbroker.simulator.idp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.Wire;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwa.AlgorithmConstraints.ConstraintType;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TokenDraftTest {

    private static final TestClock CLOCK = new TestClock();
    private static final Simulator SIMULATOR = new Simulator(CLOCK);

    private final SimulatedIdentityProvider provider =
            SIMULATOR.identityProvider("tokens", EnumSet.allOf(JwtAlgorithm.class));

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @ParameterizedTest
    @EnumSource
    void sign_withAnyAlgorithm_isVerifiedByTheServedKeys(JwtAlgorithm algorithm) throws Exception {
        String token = provider.token()
                .subject("alice")
                .audience("broker")
                .algorithm(algorithm)
                .sign();

        JwtClaims claims = verify(token, algorithm);

        assertThat(claims.getSubject()).isEqualTo("alice");
        assertThat(claims.getIssuer()).isEqualTo(SIMULATOR.url() + "/idp/tokens");
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(TestClock.START.getEpochSecond());
        assertThat(claims.getExpirationTime().getValue())
                .isEqualTo(TestClock.START.plusSeconds(3600).getEpochSecond());
    }

    @Test
    void sign_withAnotherKeyOfTheSameId_isNotVerified() {
        JwtKey present = provider.jwtKey(JwtAlgorithm.RS256);
        JwtKey stranger = JwtKey.generate(present.keyId(), JwtAlgorithm.RS256);

        String token = provider.token().audience("broker").signedWith(stranger).sign();

        assertThatThrownBy(() -> verify(token, JwtAlgorithm.RS256)).isInstanceOf(InvalidJwtException.class);
    }

    @Test
    void sign_withNestedAndRepeatedClaims_keepsThem() throws Exception {
        String token = provider.token()
                .audience("broker", "other")
                .authorizedParty("cli")
                .claim("realm_access", Map.of("roles", List.of("uploader", "reader")))
                .withoutClaim("jti")
                .notBefore(TestClock.START)
                .sign();

        JwtClaims claims = verify(token, JwtAlgorithm.RS256);

        assertThat(claims.getAudience()).containsExactly("broker", "other");
        assertThat(claims.getClaimValue("realm_access")).isEqualTo(Map.of("roles", List.of("uploader", "reader")));
        assertThat(claims.hasClaim("jti")).isFalse();
    }

    @Test
    void sign_withAnOddHeader_saysSo() {
        String token =
                provider.token().header("alg", "none").withoutHeader("kid").sign();

        assertThat(new String(
                        Base64.getUrlDecoder().decode(token.substring(0, token.indexOf('.'))), StandardCharsets.UTF_8))
                .contains("\"alg\":\"none\"")
                .doesNotContain("kid");
    }

    @Test
    void rotateKeys_afterATokenWasSigned_withdrawsItsKey() throws Exception {
        SimulatedIdentityProvider rotating = SIMULATOR.identityProvider("rotating", EnumSet.of(JwtAlgorithm.ES256));
        String before = rotating.jwtKey(JwtAlgorithm.ES256).keyId();

        rotating.rotateKeys();

        assertThat(keys(rotating))
                .extracting(JsonWebKey::getKeyId)
                .containsExactly(rotating.jwtKey(JwtAlgorithm.ES256).keyId())
                .doesNotContain(before);
    }

    @Test
    void rotateKeysWithOverlap_afterATokenWasSigned_keepsItsKeyBesideTheNewOne() throws Exception {
        SimulatedIdentityProvider rotating = SIMULATOR.identityProvider("overlapping", EnumSet.of(JwtAlgorithm.ES256));
        String before = rotating.jwtKey(JwtAlgorithm.ES256).keyId();

        rotating.rotateKeysWithOverlap();

        assertThat(keys(rotating))
                .extracting(JsonWebKey::getKeyId)
                .containsExactlyInAnyOrder(rotating.jwtKey(JwtAlgorithm.ES256).keyId(), before);
    }

    @Test
    void jwks_ofAnyProvider_holdsNoPrivatePart() throws Exception {
        assertThat(Wire.get(provider.url(Page.JWKS)).body())
                .doesNotContain("\"d\":")
                .doesNotContain("\"p\":");
    }

    @Test
    void discovery_ofAnyProvider_namesIssuerAndKeys() throws Exception {
        assertThat(Wire.get(provider.issuer() + "/.well-known/openid-configuration")
                        .body())
                .contains("\"issuer\":\"" + provider.issuer() + "\"")
                .contains("\"jwks_uri\":\"" + provider.issuer() + "/jwks\"");
    }

    private JwtClaims verify(String token, JwtAlgorithm algorithm) throws Exception {
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(keys(provider)))
                .setJwsAlgorithmConstraints(new AlgorithmConstraints(ConstraintType.PERMIT, algorithm.identifier()))
                .setExpectedAudience("broker")
                .setEvaluationTime(NumericDate.fromSeconds(TestClock.START.getEpochSecond()))
                .build()
                .processToClaims(token);
    }

    private static List<JsonWebKey> keys(SimulatedIdentityProvider provider) throws Exception {
        return new JsonWebKeySet(Wire.get(provider.url(Page.JWKS)).body()).getJsonWebKeys();
    }
}
