package dev.credbroker.simulator.sts;

import static dev.credbroker.simulator.World.PROVIDER;
import static dev.credbroker.simulator.World.SAML_ROLE;
import static dev.credbroker.simulator.sts.StsAssertions.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlKey;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithSamlResponse;

class AssumeRoleWithSamlTest {

    private static final String SAML = "urn:oasis:names:tc:SAML:2.0:assertion";
    private static final Instant NOW = TestClock.START;

    @RegisterExtension
    static final World WORLD = new World();

    @Test
    void assumeRoleWithSaml_asAwsAsksForIt_isASessionWithItsOrigin() {
        AssumeRoleWithSamlResponse answer = WORLD.withSaml(
                WORLD.response().nameId("alice@corp").sourceIdentity("alice").principalTag("team", "blue"),
                request -> request.durationSeconds(14_400));

        assertThat(answer.credentials().accessKeyId()).startsWith("ASIA");
        assertThat(answer.credentials().expiration()).isEqualTo(NOW.plus(Duration.ofHours(4)));
        assertThat(answer.assumedRoleUser().arn())
                .isEqualTo("arn:aws:sts::123456789012:assumed-role/ADFS-Production/alice");
        assertThat(answer.assumedRoleUser().assumedRoleId()).endsWith(":alice");
        assertThat(answer.subject()).isEqualTo("alice@corp");
        assertThat(answer.subjectType()).isEqualTo("persistent");
        assertThat(answer.issuer()).isEqualTo(WORLD.provider().entityId());
        assertThat(answer.audience()).isEqualTo("https://signin.aws.amazon.com/saml");
        assertThat(answer.nameQualifier()).hasSize(28);
        assertThat(answer.sourceIdentity()).isEqualTo("alice");
    }

    @ParameterizedTest
    @EnumSource
    void signature_ofAnyAlgorithm_isVerified(SamlSignatureAlgorithm algorithm) {
        granted(WORLD.response().algorithm(algorithm));
    }

    @ParameterizedTest
    @CsvSource({"ASSERTION, true", "RESPONSE, true", "BOTH, true", "NONE, false"})
    void signature_onAnyPart_isEnoughAndOneMustBe(SignedParts parts, boolean fits) {
        check(fits, WORLD.response().signed(parts), "Response signature invalid");
    }

    @Test
    void signature_ofAStranger_isInvalid() {
        invalid(WORLD.response().signedWith(SamlKey.rsa("stranger", NOW)), "Response signature invalid");
    }

    @Test
    void signature_ofARotatedKey_isInvalidUntilItsCertificateIsRegistered() {
        WORLD.provider().rotateKeys();

        invalid(WORLD.response(), "Response signature invalid");
        WORLD.simulator().registerSaml(WORLD.provider(), PROVIDER);
        granted(WORLD.response());
    }

    @Test
    void assertion_changedAfterSigning_isInvalid() {
        invalid(
                WORLD.response().afterSigning(document -> {
                    first(document, "NameID").setTextContent("mallory");
                    return document;
                }),
                "Response signature invalid");
    }

    @Test
    void assertion_wrappedBesideTheSignedOne_isInvalid() {
        invalid(
                WORLD.response().afterSigning(document -> {
                    Node evil = first(document, "Assertion").cloneNode(true);
                    document.getDocumentElement().appendChild(evil);
                    return document;
                }),
                "exactly one assertion");
    }

    @Test
    void signature_movedToAnotherAssertion_isInvalid() {
        invalid(
                WORLD.response().afterSigning(document -> {
                    first(document, "Assertion").setAttribute("ID", "_other");
                    return document;
                }),
                "Response signature invalid");
    }

    @Test
    void signature_ofTheResponse_mustBeGoodEvenIfThatOfTheAssertionIs() {
        invalid(
                WORLD.response().signed(SignedParts.BOTH).afterSigning(document -> {
                    document.getDocumentElement().setAttribute("Destination", "https://other.example.com");
                    return document;
                }),
                "Response signature invalid");
    }

    @Test
    void signature_thatRefersToTheWholeDocument_isNotOneOfTheAssertion() {
        invalid(
                WORLD.response().signed(SignedParts.NONE).afterSigning(document -> {
                    signWholeDocument(first(document, "Assertion"));
                    return document;
                }),
                "Response signature invalid");
    }

    @Test
    void responseStatus_otherThanSuccess_isInvalid() {
        invalid(
                WORLD.response().beforeSigning(document -> {
                    ((Element) document.getElementsByTagNameNS("*", "StatusCode")
                                    .item(0))
                            .setAttribute("Value", "urn:oasis:names:tc:SAML:2.0:status:Requester");
                    return document;
                }),
                "not success");
    }

    @Test
    void issuer_otherThanTheProviders_isInvalid() {
        invalid(WORLD.response().issuer("https://other.example.com"), "Issuer not present in specified provider");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:amazon:webservices, true",
        "https://signin.aws.amazon.com/saml, true",
        "urn:amazon:webservices:, false",
        "URN:AMAZON:WEBSERVICES, false",
        "https://broker.example.com, false"
    })
    void audience_ofAnyKind_mustBeAws(String audience, boolean fits) {
        check(fits, WORLD.response().audience(audience), "required audience");
    }

    @Test
    void audience_missing_isInvalid() {
        invalid(WORLD.response().audience(), "required audience");
        granted(WORLD.response().audience("https://broker.example.com", "urn:amazon:webservices"));
    }

    @ParameterizedTest
    @CsvSource({
        "https://signin.aws.amazon.com/saml, true",
        "https://eu-west-1.signin.aws.amazon.com/saml, true",
        "https://signin.amazonaws-us-gov.com/saml, true",
        "http://signin.aws.amazon.com/saml, false",
        "https://signin.aws.amazon.com.evil.example/saml, false",
        "https://broker.example.com/saml, false"
    })
    void recipient_ofAnyKind_mustBeAws(String recipient, boolean fits) {
        check(fits, WORLD.response().recipient(recipient), "required recipient");
    }

    @ParameterizedTest
    @CsvSource({"299, true", "300, true", "301, false"})
    void redemption_afterIssuance_isWithinFiveMinutes(int age, boolean fits) {
        SamlDraft response = WORLD.response().notOnOrAfter(NOW.plusSeconds(3600));
        WORLD.clock().advance(Duration.ofSeconds(age));

        checkExpired(fits, response, "Token must be redeemed within 5 minutes of issuance");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "-1, false"})
    void conditions_notOnOrAfter_areOverAtThatInstant(int left, boolean fits) {
        SamlDraft response = WORLD.response()
                .issueInstant(NOW.minusSeconds(60))
                .notBefore(NOW.minusSeconds(60))
                .notOnOrAfter(NOW.plusSeconds(left))
                .confirmationNotOnOrAfter(NOW.plusSeconds(60));

        checkExpired(fits, response, "Assertion has expired");
    }

    @ParameterizedTest
    @CsvSource({"1, true", "0, false", "-1, false"})
    void confirmation_notOnOrAfter_isOverAtThatInstant(int left, boolean fits) {
        checkExpired(fits, WORLD.response().confirmationNotOnOrAfter(NOW.plusSeconds(left)), "Assertion has expired");
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "0, true", "1, false"})
    void conditions_notBefore_beginAtThatInstant(int ahead, boolean fits) {
        check(fits, WORLD.response().notBefore(NOW.plusSeconds(ahead)), "not yet valid");
    }

    @Test
    void confirmation_withoutNotOnOrAfter_isInvalid() {
        invalid(
                WORLD.response().beforeSigning(document -> {
                    first(document, "SubjectConfirmationData").removeAttribute("NotOnOrAfter");
                    return document;
                }),
                "NotOnOrAfter");
    }

    @Test
    void confirmation_twice_isInvalid() {
        invalid(
                WORLD.response().beforeSigning(document -> {
                    Element confirmation = first(document, "SubjectConfirmation");
                    confirmation.getParentNode().appendChild(confirmation.cloneNode(true));
                    return document;
                }),
                "exactly one SubjectConfirmation");
    }

    @Test
    void rolePair_inEitherOrderWithBlanksAmongOthers_isFound() {
        granted(samlOf(SAML_ROLE + "," + PROVIDER));
        granted(samlOf(PROVIDER + "," + SAML_ROLE));
        granted(samlOf(" " + PROVIDER + " ,\n" + SAML_ROLE + " "));
        granted(samlOf("arn:aws:iam::123456789012:role/Other," + PROVIDER).role(SAML_ROLE, PROVIDER));
    }

    @Test
    void rolePair_missingOrOtherOrTooLong_isDenied() {
        denied(WORLD.provider().samlResponse().roleSessionName("alice"));
        denied(samlOf("arn:aws:iam::123456789012:role/Other," + PROVIDER));
        denied(samlOf(SAML_ROLE + ",arn:aws:iam::123456789012:saml-provider/Other"));
        denied(samlOf(SAML_ROLE));
        denied(samlOf(SAML_ROLE + "," + PROVIDER + "," + PROVIDER));
    }

    @Test
    void role_thatTrustsAnotherProvider_isDenied() {
        WORLD.sts().role(SAML_ROLE, Duration.ofHours(1), Trust.saml("arn:aws:iam::123456789012:saml-provider/Other"));

        denied(WORLD.response());
    }

    @Test
    void role_ofAnotherAccountOrOfIdentityCenter_isDenied() {
        String elsewhere = "arn:aws:iam::210987654321:role/ADFS-Production";
        String reserved = "arn:aws:iam::123456789012:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123";
        WORLD.sts().role(elsewhere, Duration.ofHours(1), Trust.saml(PROVIDER));
        WORLD.sts().role(reserved, Duration.ofHours(1), Trust.saml(PROVIDER));

        refused(
                () -> WORLD.withSaml(WORLD.response().role(elsewhere, PROVIDER), request -> request.roleArn(elsewhere)),
                403,
                "AccessDenied");
        refused(
                () -> WORLD.withSaml(WORLD.response().role(reserved, PROVIDER), request -> request.roleArn(reserved)),
                403,
                "AccessDenied");
    }

    @Test
    void provider_unknown_isInvalid() {
        refused(
                () -> WORLD.withSaml(
                        WORLD.response(),
                        request -> request.principalArn("arn:aws:iam::123456789012:saml-provider/None")),
                400,
                "InvalidIdentityToken",
                "Specified provider doesn't exist");
    }

    @Test
    void nameId_missingOrEmpty_isDenied() {
        denied(WORLD.response().withoutNameId());
        denied(WORLD.response().nameId(""));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "3, true", "63, true", "64, true", "65, false"})
    void roleSessionName_ofAnyLength_isTwoTo64(int length, boolean fits) {
        check(
                fits,
                WORLD.response().roleSessionName("n".repeat(length)),
                "RoleSessionName in AuthnResponse must match");
    }

    @Test
    void roleSessionName_missingOrTwice_isRequired() {
        String name = "https://aws.amazon.com/SAML/Attributes/RoleSessionName";

        invalid(WORLD.response().withoutAttribute(name), "RoleSessionName is required in AuthnResponse");
        invalid(WORLD.response().attribute(name, "alice", "bob"), "RoleSessionName is required in AuthnResponse");
        invalid(WORLD.response().roleSessionName("a b"), "must match");
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, true", "64, true", "65, false"})
    void sourceIdentity_ofAnyLength_isTwoTo64(int length, boolean fits) {
        check(fits, WORLD.response().sourceIdentity("n".repeat(length)), "Source Identity must match");
    }

    @Test
    void sourceIdentity_twice_isInvalid() {
        invalid(
                WORLD.response().attribute("https://aws.amazon.com/SAML/Attributes/SourceIdentity", "alice", "bob"),
                "Source Identity");
    }

    @ParameterizedTest
    @CsvSource({"899, false", "900, true", "43200, true", "43201, false"})
    void sessionDuration_ofAnyLength_isInAwsRange(int seconds, boolean fits) {
        check(fits, WORLD.response().sessionDuration(Duration.ofSeconds(seconds)), "SessionDuration");
    }

    @Test
    void sessionDuration_beforeDurationSeconds_shortensAndNeverExtends() {
        SamlDraft half = WORLD.response().sessionDuration(Duration.ofMinutes(30));
        SamlDraft twelve = WORLD.response().sessionDuration(Duration.ofHours(12));

        assertThat(lasting(half, 3600)).isEqualTo(Duration.ofMinutes(30));
        assertThat(lasting(twelve, 3600)).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({"3601, 3600", "3600, 3600", "3599, 3599", "899, 899", "1, 1"})
    void sessionNotOnOrAfter_beforeTheEnd_shortensAlsoBelowFifteenMinutes(int left, int lasting) {
        SamlDraft response = WORLD.response().sessionNotOnOrAfter(NOW.plusSeconds(left));

        assertThat(lasting(response, 3600)).isEqualTo(Duration.ofSeconds(lasting));
    }

    @Test
    void sessionNotOnOrAfter_reached_isExpired() {
        checkExpired(false, WORLD.response().sessionNotOnOrAfter(NOW), "Assertion has expired");
    }

    @Test
    void duration_aboveTheRolesMaximum_failsAlsoIfTheAssertionWouldShortenIt() {
        refused(
                () -> WORLD.withSaml(
                        WORLD.response().sessionDuration(Duration.ofMinutes(15)),
                        request -> request.durationSeconds(14_401)),
                400,
                "ValidationError",
                "MaxSessionDuration");
    }

    @ParameterizedTest
    @ValueSource(ints = {899, 43_201})
    void duration_outsideOfAwsRange_isInvalid(int seconds) {
        refused(
                () -> WORLD.withSaml(WORLD.response(), request -> request.durationSeconds(seconds)),
                400,
                "ValidationError");
    }

    @Test
    void principalTag_withTwoValues_isInvalid() {
        invalid(
                WORLD.response().attribute("https://aws.amazon.com/SAML/Attributes/PrincipalTag:team", "a", "b"),
                "exactly one value");
    }

    @Test
    void principalTags_whereTheTrustWithholdsTagging_areDenied() {
        WORLD.sts()
                .role(StsRole.of(SAML_ROLE, Duration.ofHours(1), Trust.saml(PROVIDER))
                        .withholding("sts:TagSession"));

        granted(WORLD.response());
        denied(WORLD.response().principalTag("team", "blue"));
    }

    @Test
    void principalTags_aboveTheSpaceThereIs_areTooLarge() {
        SamlDraft response = WORLD.response();
        for (int i = 0; i < 20; i++) {
            response.principalTag("key-" + i, "v".repeat(250));
        }

        refused(() -> WORLD.withSaml(response), 400, "PackedPolicyTooLarge");
    }

    @ParameterizedTest
    @CsvSource({
        "3, ValidationError",
        "4, InvalidIdentityToken",
        "100000, InvalidIdentityToken",
        "100001, ValidationError"
    })
    void assertion_ofAnyLength_isBetween4And100000(int length, String code) {
        refused(() -> WORLD.withSaml("A".repeat(length), _ -> {}), 400, code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<not-saml/>", "text"})
    void assertion_thatIsNoResponse_isInvalid(String xml) {
        refused(() -> WORLD.withSaml(SamlDraft.encode(xml), _ -> {}), 400, "InvalidIdentityToken");
    }

    @Test
    void assertion_withADoctype_isInvalidHoweverGoodItsSignature() {
        String xml = "<!DOCTYPE Response>" + WORLD.response().xml();

        refused(() -> WORLD.withSaml(SamlDraft.encode(xml), _ -> {}), 400, "InvalidIdentityToken", "Invalid base64");
    }

    @Test
    void policy_thatIsNone_isMalformed() {
        refused(() -> WORLD.withSaml(WORLD.response(), request -> request.policy("{")), 400, "MalformedPolicyDocument");
    }

    @Test
    void assertion_usedForTwoRoles_isNotSpent() {
        String other = "arn:aws:iam::123456789012:role/ADFS-Audit";
        WORLD.sts().role(other, Duration.ofHours(1), Trust.saml(PROVIDER));
        String response = WORLD.response().role(other, PROVIDER).encode();

        assertThatCode(() -> WORLD.withSaml(response, _ -> {})).doesNotThrowAnyException();
        assertThatCode(() -> WORLD.withSaml(response, request -> request.roleArn(other)))
                .doesNotThrowAnyException();
    }

    /** A genuine signature by the provider's key, but with {@code URI=""}, which SAML Core §5.4.2 does not allow. */
    private static void signWholeDocument(Element parent) {
        try {
            XMLSignatureFactory factory = XMLSignatureFactory.getInstance("DOM");
            Reference reference = factory.newReference(
                    "",
                    factory.newDigestMethod(DigestMethod.SHA256, null),
                    List.of(factory.newTransform(Transform.ENVELOPED, (TransformParameterSpec) null)),
                    null,
                    null);
            SignedInfo info = factory.newSignedInfo(
                    factory.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                    factory.newSignatureMethod(SignatureMethod.RSA_SHA256, null),
                    List.of(reference));
            SamlKey key = WORLD.provider().samlKey(SamlSignatureAlgorithm.RSA_SHA256);
            factory.newXMLSignature(info, null)
                    .sign(new DOMSignContext(key.keys().getPrivate(), parent));
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SamlDraft samlOf(String pair) {
        return WORLD.provider().samlResponse().roleSessionName("alice").roleText(pair);
    }

    private static Duration lasting(SamlDraft response, int seconds) {
        return Duration.between(
                NOW,
                WORLD.withSaml(response, request -> request.durationSeconds(seconds))
                        .credentials()
                        .expiration());
    }

    private static void granted(SamlDraft response) {
        assertThatCode(() -> WORLD.withSaml(response)).doesNotThrowAnyException();
    }

    private static void denied(SamlDraft response) {
        refused(() -> WORLD.withSaml(response), 403, "AccessDenied");
    }

    private static void invalid(SamlDraft response, String message) {
        refused(() -> WORLD.withSaml(response), 400, "InvalidIdentityToken", message);
    }

    private static void check(boolean fits, SamlDraft response, String message) {
        if (fits) {
            granted(response);
        } else {
            invalid(response, message);
        }
    }

    private static void checkExpired(boolean fits, SamlDraft response, String message) {
        if (fits) {
            granted(response);
        } else {
            refused(() -> WORLD.withSaml(response), 400, "ExpiredTokenException", message);
        }
    }

    private static Element first(Document document, String name) {
        return (Element) document.getElementsByTagNameNS(SAML, name).item(0);
    }
}
