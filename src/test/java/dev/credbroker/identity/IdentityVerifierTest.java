package dev.credbroker.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.configuration.Findings;
import dev.credbroker.identity.Verification.Expired;
import dev.credbroker.identity.Verification.KeysMissing;
import dev.credbroker.identity.Verification.Malformed;
import dev.credbroker.identity.Verification.Rejected;
import dev.credbroker.identity.Verification.Verified;
import dev.credbroker.oidc.TestGate;
import dev.credbroker.oidc.TestKey;
import dev.credbroker.oidc.TestToken;
import dev.credbroker.saml.AssertionChecker;
import dev.credbroker.saml.Edits;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** With both checkers as they are: an issuer named {@code corp}, and a SAML provider named {@code adfs}. */
class IdentityVerifierTest {

    private static final TestKey PS256 = TestKey.rsa("ps-1", "PS256", 2048);
    private static final TestGate GATE = new TestGate(TestKey.RSA, TestKey.EC, TestKey.ED, PS256);
    private static final SimulatedIdentityProvider ADFS =
            new SimulatedIdentityProvider("adfs", "https://adfs.example.com", Set.of(), GATE.clock);
    private static final String ROLE = "arn:aws:iam::123456789012:role/ADFS-Production";
    private static final String PROVIDER = "arn:aws:iam::123456789012:saml-provider/ADFS";
    private static final String BROKER_AUDIENCE = "urn:example:credential-broker";
    private static final String BROKER_RECIPIENT = "https://broker.example.com/v1/credentials";

    private final IdentityVerifier verifier = new IdentityVerifier(GATE.checker, assertions());

    @BeforeEach
    void turnTheClockBack() {
        GATE.clock.turnTo(TestClock.START);
    }

    @AfterAll
    static void stop() {
        GATE.close();
    }

    // JWTs

    @Test
    void jwt_thatIsGenuine_isWhoItSays() {
        VerifiedIdentity alice = verified(GATE.token().with("groups", List.of("a", "b")));

        assertThat(alice.provider()).isEqualTo("corp");
        assertThat(alice.issuer()).isEqualTo(GATE.provider.issuer());
        assertThat(alice.qualifiedSubject()).containsExactly(alice.subject());
        assertThat(alice.attributes()).containsEntry("groups", Set.of("a", "b"));
        assertThat(alice.addressedToBroker()).isTrue();
        assertThat(alice.addressedToAws()).isFalse();
    }

    @Test
    void jwt_addressedToTheBrokerAndToAws_isNotForTheBroker() {
        VerifiedIdentity alice = verified(GATE.token()
                .with("aud", List.of("credential-broker", "sts.amazonaws.com"))
                .with("azp", "uploader"));

        assertThat(alice.addressedToAws()).isTrue();
        assertThat(alice.addressedToBroker()).isFalse();
    }

    @Test
    void jwt_thatIsGenuine_saysNothingThatOnlyAssertionsSay() {
        VerifiedIdentity alice = verified(GATE.token());

        assertThat(alice.isSaml()).isFalse();
        assertThat(alice.namedRoles()).isEmpty();
        assertThat(alice.samlProviderFor(RoleArn.parse(ROLE))).isEmpty();
        assertThat(alice.roleSessionName()).isEmpty();
        assertThat(alice.sessionDuration()).isEmpty();
        assertThat(alice.sessionEnd()).isEmpty();
    }

    @Test
    void jwt_thatIsGenuine_endsWithExp() {
        Instant end = GATE.clock.instant().plusSeconds(1234);

        assertThat(verified(GATE.token().with("exp", end)).end()).isEqualTo(end);
    }

    @Test
    void jwt_forAws_isAddressedToAwsAlone() {
        VerifiedIdentity alice = verified(GATE.token().with("aud", "sts.amazonaws.com"));

        assertThat(alice.addressedToAws()).isTrue();
        assertThat(alice.addressedToBroker()).isFalse();
    }

    @Test
    void jwt_withAnotherLastingClaim_saysAnotherStatement() {
        String statement = verified(GATE.token().with("team", "a")).statement();

        assertThat(verified(GATE.token().with("team", "b")).statement()).isNotEqualTo(statement);
        assertThat(verified(GATE.token().with("team", "a").with("jti", "other")).statement())
                .isEqualTo(statement);
    }

    @ParameterizedTest
    @MethodSource("readableKeys")
    void jwt_signedWithRsOrEs_isReadableBySts(TestKey key) {
        assertThat(verified(GATE.token(key)).readableBySts()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("unreadableKeys")
    void jwt_signedOtherwise_isNotReadableBySts(TestKey key) {
        assertThat(verified(GATE.token(key)).readableBySts()).isFalse();
    }

    static List<TestKey> readableKeys() {
        return List.of(TestKey.RSA, TestKey.EC);
    }

    static List<TestKey> unreadableKeys() {
        return List.of(PS256, TestKey.ED);
    }

    @Test
    void jwt_signedByAnother_isRejectedWithItsIssuer() {
        assertThat(verify(GATE.token().signedBy(TestKey.OTHER_RSA)))
                .isEqualTo(new Rejected(Optional.of("corp"), "signature"));
    }

    @Test
    void jwt_thatIsNone_isRejectedWithoutAnIssuer() {
        assertThat(verifier.verify(new Proof.Jwt(Secret.of("no.token.at-all"))))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.provider()).isEmpty());
    }

    @Test
    void jwt_whoseTimeIsOver_isExpired() {
        Instant now = GATE.clock.instant();
        TestToken token = GATE.token().with("iat", now.minusSeconds(7200)).with("exp", now.minusSeconds(3600));

        assertThat(verify(token)).isEqualTo(new Expired("corp"));
    }

    @Test
    void jwt_ofAKeyThatIsNotInMemory_isToBeVerifiedAgain() {
        GATE.clock.advance(Duration.ofMinutes(10));

        assertThat(verify(GATE.token(TestKey.RSA.as("unseen")))).isEqualTo(new KeysMissing("corp"));
    }

    // Assertions

    @Test
    void assertion_thatIsGenuine_isWhoItSays() {
        VerifiedIdentity alice = verified(response().nameId("alice").attribute("groups", "a", "b"));

        assertThat(alice.provider()).isEqualTo("adfs");
        assertThat(alice.issuer()).isEqualTo(ADFS.entityId());
        assertThat(alice.subject()).isEqualTo("alice");
        assertThat(alice.attributes()).containsEntry("groups", Set.of("a", "b"));
        assertThat(alice.isSaml()).isTrue();
        assertThat(alice.readableBySts()).isTrue();
    }

    @Test
    void assertion_forAws_isAddressedToAwsAlone() {
        assertThat(verified(response()).addressedToAws()).isTrue();
        assertThat(verified(response()).addressedToBroker()).isFalse();
    }

    @Test
    void assertion_forTheBroker_isAddressedToTheBrokerAlone() {
        VerifiedIdentity alice = verified(
                response().audience(BROKER_AUDIENCE).recipient(BROKER_RECIPIENT).destination(BROKER_RECIPIENT));

        assertThat(alice.addressedToBroker()).isTrue();
        assertThat(alice.addressedToAws()).isFalse();
    }

    @Test
    void assertion_thatNamesARole_saysItWithItsProvider() {
        VerifiedIdentity alice = verified(response());

        assertThat(alice.namedRoles()).containsExactly(RoleArn.parse(ROLE));
        assertThat(alice.samlProviderFor(RoleArn.parse(ROLE))).contains(SamlProviderArn.parse(PROVIDER));
        assertThat(alice.samlProviderFor(RoleArn.parse(ROLE + "2"))).isEmpty();
    }

    @Test
    void assertion_withLimitsOfTheSession_saysThem() {
        Instant end = GATE.clock.instant().plusSeconds(1800);

        VerifiedIdentity alice =
                verified(response().sessionDuration(Duration.ofHours(2)).sessionNotOnOrAfter(end));

        assertThat(alice.roleSessionName()).contains("alice");
        assertThat(alice.sessionDuration()).contains(7200);
        assertThat(alice.sessionEnd()).contains(end);
    }

    @Test
    void assertion_withAnotherFormatOfItsName_isAboutAnotherSubject() {
        List<String> persistent = verified(
                        response().nameIdFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"))
                .qualifiedSubject();
        List<String> unspecified = verified(
                        response().nameIdFormat("urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified"))
                .qualifiedSubject();

        assertThat(persistent).hasSameSizeAs(unspecified).isNotEqualTo(unspecified);
        assertThat(persistent.getFirst()).isEqualTo(unspecified.getFirst());
    }

    /** An attribute of its name that is there and empty is not the same as none. */
    @Test
    void assertion_withAnotherQualifierOfItsName_isAboutAnotherSubject() {
        assertThat(List.of(
                        verified(response()).qualifiedSubject(),
                        qualified("NameQualifier", ""),
                        qualified("NameQualifier", "x"),
                        qualified("SPNameQualifier", ""),
                        qualified("SPNameQualifier", "x")))
                .doesNotHaveDuplicates();
    }

    private List<String> qualified(String qualifier, String value) {
        return verified(response().beforeSigning(Edits.set("NameID", qualifier, value)))
                .qualifiedSubject();
    }

    @Test
    void assertion_withAnotherAttribute_saysAnotherStatement() {
        assertThat(verified(response().attribute("team", "a")).statement())
                .isNotEqualTo(verified(response().attribute("team", "b")).statement())
                .isEqualTo(verified(response().attribute("team", "a")).statement());
    }

    @Test
    void assertion_thatCannotBeRead_isMalformed() {
        assertThat(verifier.verify(new Proof.SamlResponse(Secret.of("not base64!"))))
                .isInstanceOf(Malformed.class);
    }

    @Test
    void assertion_ofAnUnknownProvider_isRejectedWithoutAProvider() {
        assertThat(verify(response().issuer("https://evil.example.com")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.provider()).isEmpty());
    }

    @Test
    void assertion_forSomebodyElse_isRejectedWithItsProvider() {
        assertThat(verify(response().audience("urn:example:other")))
                .isInstanceOfSatisfying(
                        Rejected.class,
                        rejected -> assertThat(rejected.provider()).contains("adfs"));
    }

    @Test
    void assertion_whoseTimeIsOver_isExpired() {
        SamlDraft old = response();

        GATE.clock.advance(Duration.ofHours(1));

        assertThat(verify(old)).isEqualTo(new Expired("adfs"));
    }

    @Test
    void proofs_ofEitherKind_areKeptAsTheyCame() {
        String response = response().encode();
        Proof proof = new Proof.SamlResponse(Secret.of(response));

        assertThat(((Verified) verifier.verifyAwaitingKeys(proof)).identity().proof())
                .isSameAs(proof);
    }

    @Test
    void toString_ofAnIdentity_saysNothingOfThePerson() {
        assertThat(verified(GATE.token())).hasToString("identity of corp");
    }

    private Verification verify(TestToken token) {
        return verifier.verify(new Proof.Jwt(token.secret()));
    }

    private Verification verify(SamlDraft response) {
        return verifier.verify(new Proof.SamlResponse(Secret.of(response.encode())));
    }

    private VerifiedIdentity verified(TestToken token) {
        return ((Verified) verify(token)).identity();
    }

    private VerifiedIdentity verified(SamlDraft response) {
        return ((Verified) verify(response)).identity();
    }

    private static SamlDraft response() {
        return ADFS.samlResponse().role(ROLE, PROVIDER).roleSessionName("alice");
    }

    private static AssertionChecker assertions() {
        SmallRyeConfigBuilder config = new SmallRyeConfigBuilder().withMapping(SamlConfig.class);
        Map.of(
                        "entity-id",
                        ADFS.entityId(),
                        "provider-arn",
                        "arn:aws:iam::*:saml-provider/ADFS",
                        "broker-audience",
                        BROKER_AUDIENCE,
                        "broker-recipient",
                        BROKER_RECIPIENT,
                        "signing-certificates",
                        pem(ADFS.certificates().getFirst()))
                .forEach((key, value) -> config.withDefaultValue("broker.saml.adfs." + key, value));
        Findings findings = new Findings();
        SamlProviders providers =
                SamlProviders.from(config.build().getConfigMapping(SamlConfig.class), findings, GATE.clock);
        assertThat(findings.all()).isEmpty();
        return new AssertionChecker(providers, GATE.clock);
    }

    private static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
