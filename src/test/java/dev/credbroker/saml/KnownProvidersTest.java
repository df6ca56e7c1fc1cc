package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.checkXml;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that real products sent, at their own time, by their own keys. */
class KnownProvidersTest {

    @Test
    void adfs_signedAssertion_isGenuine() {
        CheckedAssertion assertion = genuine(adfs("2017-09-21T23:27:10Z"));

        assertThat(assertion.nameId().value()).isEqualTo("paul@spstest2.com");
        assertThat(assertion.attributes().get("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"))
                .containsExactly("fraley");
    }

    @Test
    void adfs_sixMinutesLater_isExpired() {
        assertThat(adfs("2017-09-21T23:33:06.827Z")).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(adfs("2017-09-21T23:33:06.828Z")).isInstanceOf(AssertionCheck.Expired.class);
    }

    @Test
    void adfs_keyOfAnotherProvider_isRejected() {
        assertThat(flaw(adfs("2017-09-21T23:27:10Z", "okta_cert.pem"))).isEqualTo(AssertionFlaw.SIGNATURE);
    }

    @Test
    void okta_bothSignedWithPrefixList_isGenuine() {
        CheckedAssertion assertion = genuine(check(
                SamlDraft.encode(ThirdParty.text("gosaml2/okta_response.xml")),
                Instant.parse("2016-07-25T23:20:20Z"),
                "entity-id",
                "http://www.okta.com/exk659aytfMeNI49v0h7",
                "signing-certificates[0]",
                pem("okta_cert.pem"),
                "signing-certificates[1]",
                pem("okta_cert.pem"),
                "audiences",
                "\"123\"",
                "recipients",
                "http://localhost:8080/v1/_saml_callback"));

        assertThat(assertion.nameId().value()).isEqualTo("russellhaering");
    }

    @ParameterizedTest
    @CsvSource({
        "pfed11_response_01.b64, 2017-09-02T00:12:10Z, response-or-assertion",
        "pfed11_response_02.b64, 2017-09-02T23:50:10Z, assertion",
        "pfed11_response_03.b64, 2017-09-01T21:24:50Z, assertion"
    })
    void pingFederate_signedInThreeWays_isGenuine(String file, Instant now, String signature) {
        CheckedAssertion assertion = genuine(check(
                ThirdParty.text("gosaml2/" + file),
                now,
                "entity-id",
                "https://saml.test.nope:9031/eid/sxpmrhbkzn",
                "signing-certificates[0]",
                pem("pfed11_idp_signing_cert.pem"),
                "signing-certificates[1]",
                pem("pfed11_idp_signing_cert.pem"),
                "audiences",
                "https://saml.test.nope/session/sso/saml/spentityid/hp24dqnpvq",
                "recipients",
                "https://saml.test.nope/session/sso/saml/acs/hp24dqnpvq",
                "signature",
                signature));

        assertThat(assertion.nameId().value()).isEqualTo("firstlast@saml.test.nope");
    }

    @Test
    void oneLogin_passesEveryCheckOfStructureUpToItsSha1() {
        assertThat(flaw(checkXml(ThirdParty.text("gosaml2/onelogin_response.xml"))))
                .isEqualTo(AssertionFlaw.SIGNATURE_METHOD);
        assertThat(flaw(check(ThirdParty.text("gosaml2/olgn09_response_04.b64"), TrustedProvider.NOW)))
                .isEqualTo(AssertionFlaw.SIGNATURE_METHOD);
    }

    @Test
    void adfs_encrypted_isRejected() {
        assertThat(flaw(check(ThirdParty.text("gosaml2/adfs_response_enc.b64"), TrustedProvider.NOW)))
                .isEqualTo(AssertionFlaw.ENCRYPTED);
    }

    @Test
    void auth0_valuesOfAnyTypeAndSignatureAtTheEnd_isRejected() {
        assertThat(flaw(checkXml(ThirdParty.text("gosaml2/auth0_response.xml"))))
                .isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    @Test
    void saml2aws_prefixNotBound_isMalformed() {
        assertThat(flaw(checkXml(ThirdParty.text("saml2aws/assertion.xml"))).malformed())
                .isTrue();
    }

    /** They are signed with SHA-1, so what fails before that shows that the attack itself was seen. */
    @ParameterizedTest
    @CsvSource({
        "CVE_2022_41912, ASSERTION_COUNT",
        "CVE_2025_23369, NOT_XML",
        "CVE_2025_25291, NOT_XML",
        "CVE_2025_25292, NOT_XML"
    })
    void publishedExploit_isRejectedForItself(String name, AssertionFlaw flaw) {
        assertThat(flaw(checkXml(ThirdParty.text("samlraider/" + name + ".exploitAssertion.xml"))))
                .isEqualTo(flaw);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CVE_2022_41912", "CVE_2025_23369", "CVE_2025_25291", "CVE_2025_25292", "Xsw9Test"})
    void originalOfAnExploit_isRejectedForItsSha1Only(String name) {
        assertThat(flaw(checkXml(ThirdParty.text("samlraider/" + name + ".originalAssertion.xml"))))
                .isEqualTo(AssertionFlaw.SIGNATURE_METHOD);
    }

    private static AssertionCheck adfs(String now) {
        return adfs(now, "adfs_idp_signing_cert.pem");
    }

    private static AssertionCheck adfs(String now, String certificate) {
        return check(
                ThirdParty.text("gosaml2/adfs_response.b64"),
                Instant.parse(now),
                "entity-id",
                "http://fs.spstest2.com/adfs/services/trust",
                "signing-certificates[0]",
                pem(certificate),
                "signing-certificates[1]",
                pem(certificate),
                "audiences",
                "https://saml.test.nope/session/sso/saml/spentityid/dknhyszjl7",
                "recipients",
                "https://saml.test.nope/session/sso/saml/acs/dknhyszjl7");
    }

    private static String pem(String file) {
        return ThirdParty.text("gosaml2/" + file);
    }
}
