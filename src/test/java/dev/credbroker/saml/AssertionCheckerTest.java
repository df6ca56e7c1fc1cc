package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.PROVIDER;
import static dev.credbroker.saml.TrustedProvider.ROLE;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static dev.credbroker.saml.TrustedProvider.responseToBroker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.simulator.idp.SamlKey;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssertionCheckerTest {

    @Test
    void check_responseToAws_tellsWhatItSays() {
        CheckedAssertion assertion = genuine(response()
                .nameId("alice")
                .sessionDuration(Duration.ofHours(4))
                .sourceIdentity("alice@corp")
                .principalTag("Team", "data")
                .transitiveTagKeys("Team", "Cost")
                .sessionNotOnOrAfter(NOW.plus(Duration.ofHours(10))));

        assertThat(assertion.provider()).isEqualTo("adfs");
        assertThat(assertion.issuer()).isEqualTo(IDP.entityId());
        assertThat(assertion.nameId())
                .isEqualTo(new NameId(
                        "alice",
                        Optional.of("urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(assertion.addressedToAws()).isTrue();
        assertThat(assertion.addressedToBroker()).isFalse();
        assertThat(assertion.roles())
                .containsExactly(new SamlRole(RoleArn.parse(ROLE), SamlProviderArn.parse(PROVIDER)));
        assertThat(assertion.roleSessionName()).contains("alice@example.com");
        assertThat(assertion.sessionDuration()).contains(14_400);
        assertThat(assertion.sourceIdentity()).contains("alice@corp");
        assertThat(assertion.principalTags()).containsOnly(Map.entry("Team", "data"));
        assertThat(assertion.transitiveTagKeys()).containsExactly("Team", "Cost");
        assertThat(assertion.issueInstant()).isEqualTo(NOW);
        assertThat(assertion.notOnOrAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
        assertThat(assertion.sessionNotOnOrAfter()).contains(NOW.plus(Duration.ofHours(10)));
    }

    @Test
    void check_responseToBroker_isAddressedToTheBrokerOnly() {
        CheckedAssertion assertion = genuine(responseToBroker());

        assertThat(assertion.addressedToBroker()).isTrue();
        assertThat(assertion.addressedToAws()).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void check_everySoundAlgorithm_isGenuine(SamlSignatureAlgorithm algorithm) {
        assertThat(check(response().algorithm(algorithm))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void check_bothSigned_isGenuine() {
        assertThat(check(response().signed(SignedParts.BOTH))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void check_onlyTheResponseSigned_isUnsignedUnlessAllowed() {
        assertThat(flaw(response().signed(SignedParts.RESPONSE))).isEqualTo(AssertionFlaw.ASSERTION_UNSIGNED);
        assertThat(check(response().signed(SignedParts.RESPONSE), "signature", "response-or-assertion"))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void flaws_areWrittenInKebabCase() {
        assertThat(AssertionFlaw.NOT_BASE64.text()).isEqualTo("not-base64");
        assertThat(AssertionFlaw.ID.text()).isEqualTo("id");
        assertThat(AssertionFlaw.values())
                .extracting(AssertionFlaw::text)
                .doesNotHaveDuplicates()
                .allMatch(text -> text.matches("[a-z]+(-[a-z0-9]+)*"));
    }

    @Test
    void check_nothingSigned_isRejectedWhateverIsAllowed() {
        assertThat(flaw(response().signed(SignedParts.NONE), "signature", "response-or-assertion"))
                .isEqualTo(AssertionFlaw.SIGNATURE_PLACE);
    }

    @Test
    void check_oneOfTwoSignaturesBroken_isRejected() {
        String onResponse = broken(response().signed(SignedParts.BOTH).xml(), 0);
        String onAssertion = broken(response().signed(SignedParts.BOTH).xml(), 1);

        for (String signature : List.of("assertion", "response-or-assertion")) {
            assertThat(flaw(TrustedProvider.checkXml(onResponse, "signature", signature)))
                    .isEqualTo(AssertionFlaw.SIGNATURE);
            assertThat(flaw(TrustedProvider.checkXml(onAssertion, "signature", signature)))
                    .isEqualTo(AssertionFlaw.SIGNATURE);
        }
    }

    @Test
    void check_keyOnlyInKeyInfo_isRejected() {
        SamlKey attacker = SamlKey.rsa("adfs", NOW);

        assertThat(flaw(response().signedWith(attacker))).isEqualTo(AssertionFlaw.SIGNATURE);
    }

    @Test
    void check_unreadableKeyInfo_isNotEvenLookedAt() {
        assertThat(check(response().afterSigning(Edits.text("X509Certificate", "!"))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(response().afterSigning(Edits.remove("KeyInfo")))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void check_changedAfterSigning_isRejected() {
        assertThat(flaw(response().afterSigning(Edits.text("NameID", "mallory"))))
                .isEqualTo(AssertionFlaw.SIGNATURE);
    }

    @Test
    void check_relativeNamespaceInSignedElement_isRejected() {
        // Canonicalization has no answer for it; libraries that took none for an empty one trusted anything.
        var edit = Edits.at("NameID", name -> name.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:v", "1"));

        assertThat(flaw(response().afterSigning(edit))).isEqualTo(AssertionFlaw.SIGNATURE);
    }

    @Test
    void check_unknownIssuer_isRejectedWithoutAProvider() {
        assertThat(check(response().issuer(IDP.entityId() + "/")))
                .isEqualTo(new AssertionCheck.Rejected(AssertionFlaw.UNKNOWN_ISSUER, Optional.empty()));
    }

    @Test
    void check_knownIssuer_isRejectedUnderItsName() {
        assertThat(check(response().audience("urn:other")))
                .isEqualTo(new AssertionCheck.Rejected(AssertionFlaw.AUDIENCE, Optional.of("adfs")));
    }

    @Test
    void check_emptyText_isMalformed() {
        assertThat(flaw(check("", NOW)).malformed()).isTrue();
    }

    @Test
    void fingerprint_isOfTheAssertionsId() {
        var ids = new ArrayList<String>();
        var draft = response().beforeSigning(Edits.at("Assertion", a -> ids.add(a.getAttribute("ID"))));

        assertThat(genuine(draft).fingerprint()).isEqualTo(Fingerprint.of(ids.getFirst()));
    }

    @Test
    void check_withEveryLogOpen_logsNothingOfTheAssertion() {
        List<String> logged = new ArrayList<>();
        Handler handler = collecting(logged);
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.addHandler(handler);
        root.setLevel(Level.ALL);
        try {
            genuine(response().nameId("canary").signed(SignedParts.BOTH));
            flaw(response().nameId("canary").afterSigning(Edits.text("Audience", "canary")));
        } finally {
            root.setLevel(before);
            root.removeHandler(handler);
        }

        assertThat(logged).noneMatch(text -> text.contains("canary"));
    }

    /** Under the log manager of Quarkus the JDK's own loggers stay mute anyway; under Java's they would not. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.jcp.xml.dsig.internal.DigesterOutputStream",
                "com.sun.org.apache.xml.internal.security.signature.Reference"
            })
    void check_withEveryLogOpen_leavesTheDigestsLogShut(String name) {
        Logger root = Logger.getLogger("");
        Level before = root.getLevel();
        root.setLevel(Level.ALL);
        try {
            genuine(response());

            assertThat(Logger.getLogger(name).isLoggable(Level.FINE)).isFalse();
        } finally {
            root.setLevel(before);
        }
    }

    static Handler collecting(List<String> logged) {
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry.getMessage()
                        + List.of(entry.getParameters() == null ? new Object[0] : entry.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        handler.setLevel(Level.ALL);
        return handler;
    }

    /** With another letter in one of its signature values. */
    private static String broken(String xml, int signature) {
        int at = xml.indexOf("<ds:SignatureValue>");
        for (int i = 0; i < signature; i++) {
            at = xml.indexOf("<ds:SignatureValue>", at + 1);
        }
        int letter = at + "<ds:SignatureValue>".length() + 10;
        return xml.substring(0, letter) + (xml.charAt(letter) == 'A' ? 'B' : 'A') + xml.substring(letter + 1);
    }
}
