package dev.credbroker.saml;

import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.TrustedProvider.BROKER_AUDIENCE;
import static dev.credbroker.saml.TrustedProvider.BROKER_RECIPIENT;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static dev.credbroker.saml.TrustedProvider.responseToBroker;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** One thing at a time is wrong, and the trusted key has signed it: only its own check stands in the way. */
class AssertionRulesTest {

    private static final String AWS_AUDIENCE = "urn:amazon:webservices";
    private static final String AWS_RECIPIENT = "https://signin.aws.amazon.com/saml";
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration NANO = Duration.ofNanos(1);
    private static final AssertionCheck EXPIRED = new AssertionCheck.Expired("adfs");

    // Who says it.

    @Test
    void version_otherThanTwo_isRefused() {
        assertThat(flaw(odd(Edits.set("Assertion", "Version", "2.1")))).isEqualTo(AssertionFlaw.VERSION);
        assertThat(flaw(odd(Edits.unset("Assertion", "Version")))).isEqualTo(AssertionFlaw.VERSION);
    }

    /** Where the response is signed, no signature refers to the assertion, and so none would miss it. */
    @Test
    void identifier_missingInASignedResponse_isRefused() {
        SamlDraft unnamed = odd(Edits.unset("Assertion", "ID")).signed(SignedParts.RESPONSE);

        assertThat(flaw(unnamed, "signature", "response-or-assertion")).isEqualTo(AssertionFlaw.ID);
    }

    @Test
    void issuer_ofTheResponse_isTheSameOrAbsent() {
        assertThat(check(odd(Edits.remove("Issuer")))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(odd(Edits.text("Issuer", "https://other.example.com")))).isEqualTo(AssertionFlaw.ISSUER);
    }

    /** No text can bring this about: the provider was looked up by what the same element said before it was verified. */
    @Test
    void issuer_signedOtherThanClaimed_isRefused() throws Exception {
        ReceivedResponse received = ReceivedResponse.read(Secret.of(response().encode()));
        SignedResponse signed = new SignedResponse(received.assertion(), received.response(), false);
        Statement statement = StatementReader.read(received.assertion());
        ProviderSettings another = new ProviderSettings(
                "adfs",
                Optional.of("urn:other"),
                Optional.empty(),
                Map.of(),
                false,
                false,
                SKEW,
                SKEW,
                SignInRules.NONE,
                Map.of());
        AssertionRules rules = new AssertionRules(another, NOW);
        received.response().removeChild(received.response().getFirstChild());

        assertThat(catchThrowableOfType(FlawedAssertion.class, () -> rules.check(signed, statement))
                        .flaw())
                .isEqualTo(AssertionFlaw.ISSUER);
    }

    @Test
    void issuer_withSpaceAround_isNotTrimmed() {
        String entityId = TrustedProvider.IDP.entityId();

        assertThat(flaw(odd(Edits.at("Issuer", 1, issuer -> issuer.setTextContent(" " + entityId)))))
                .isEqualTo(AssertionFlaw.UNKNOWN_ISSUER);
        assertThat(flaw(odd(Edits.text("Issuer", entityId + "\n")))).isEqualTo(AssertionFlaw.ISSUER);
    }

    @Test
    void issuer_format_isEntityOrAbsent() {
        String entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";

        for (int i = 0; i < 2; i++) {
            assertThat(check(odd(Edits.at("Issuer", i, issuer -> issuer.setAttribute("Format", entity)))))
                    .isInstanceOf(AssertionCheck.Genuine.class);
            assertThat(flaw(odd(Edits.at("Issuer", i, issuer -> issuer.setAttribute("Format", "urn:other")))))
                    .isEqualTo(AssertionFlaw.ISSUER);
        }
    }

    // When.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-31T12:00:00",
                "2026-01-31T12:00:00+00:00",
                "2026-01-31T12:00:00z",
                "2026-01-31T24:00:00Z",
                "2026-02-30T12:00:00Z",
                "2026-01-31T11:59:60Z",
                "2026-01-31T12:00:00.1234567891Z",
                "1999-12-31T23:59:59Z",
                "2101-01-01T00:00:00Z",
                "-2026-01-31T12:00:00Z",
                " 2026-01-31T12:00:00Z",
                ""
            })
    void time_inAnotherForm_isRefused(String time) {
        assertThat(flaw(odd(Edits.set("Assertion", "IssueInstant", time)))).isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.set("Conditions", "NotBefore", time)))).isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.set("Conditions", "NotOnOrAfter", time)))).isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.set("SubjectConfirmationData", "NotOnOrAfter", time))))
                .isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.set("AuthnStatement", "AuthnInstant", time)))).isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.set("AuthnStatement", "SessionNotOnOrAfter", time))))
                .isEqualTo(AssertionFlaw.TIME_FORMAT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-31T12:00:00.1Z", "2026-01-31T12:00:00.123Z", "2026-01-31T12:00:00.123456789Z"})
    void time_withUpToNineFractionDigits_isRead(String time) {
        assertThat(genuine(odd(Edits.set("Assertion", "IssueInstant", time))).issueInstant())
                .isEqualTo(Instant.parse(time));
    }

    @Test
    void time_ofIssueOrAuthenticationMissing_isRefused() {
        assertThat(flaw(odd(Edits.unset("Assertion", "IssueInstant")))).isEqualTo(AssertionFlaw.TIME_FORMAT);
        assertThat(flaw(odd(Edits.unset("AuthnStatement", "AuthnInstant")))).isEqualTo(AssertionFlaw.TIME_FORMAT);
    }

    @Test
    void issueInstant_inTheFuture_isRefusedBeyondTheSkew() {
        assertThat(check(odd(
                        Edits.set("Assertion", "IssueInstant", NOW.plus(SKEW).toString()))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(odd(Edits.set(
                        "Assertion", "IssueInstant", NOW.plus(SKEW).plus(SECOND).toString()))))
                .isEqualTo(AssertionFlaw.ISSUED_IN_FUTURE);
    }

    @Test
    void age_ofWhatIsAddressedToTheBroker_isLimited() {
        Instant oldest = NOW.minus(Duration.ofMinutes(10)).minus(SKEW);

        assertThat(check(responseToBroker().issueInstant(oldest.plus(SECOND))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(responseToBroker().issueInstant(oldest))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(responseToBroker().issueInstant(oldest.minus(SECOND)))).isEqualTo(EXPIRED);
    }

    @Test
    void age_isConfigurable() {
        Instant issued = NOW.minus(Duration.ofMinutes(3));

        assertThat(check(responseToBroker().issueInstant(issued), "max-assertion-age", "2m"))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(responseToBroker().issueInstant(issued.minus(SECOND)), "max-assertion-age", "2m"))
                .isEqualTo(EXPIRED);
    }

    @Test
    void age_ofWhatIsAddressedToAws_isForStsToJudge() {
        assertThat(check(response().issueInstant(NOW.minus(Duration.ofHours(11)))))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void conditions_missing_areRefused() {
        assertThat(flaw(odd(Edits.remove("Conditions")))).isEqualTo(AssertionFlaw.CONDITIONS);
    }

    @Test
    void conditions_withoutTimes_endWithTheConfirmation() {
        var edit = Edits.at("Conditions", conditions -> {
            conditions.removeAttribute("NotBefore");
            conditions.removeAttribute("NotOnOrAfter");
        });

        assertThat(genuine(odd(edit)).notOnOrAfter()).isEqualTo(NOW.plus(Duration.ofMinutes(5)));
    }

    @Test
    void conditions_ofNoTimeAtAll_areRefused() {
        Instant end = NOW.plus(SKEW);

        assertThat(check(response().notBefore(end.minus(NANO)).notOnOrAfter(end)))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().notBefore(end).notOnOrAfter(end))).isEqualTo(AssertionFlaw.CONDITIONS);
    }

    @Test
    void notBefore_beyondTheSkew_isRefusedButNotExpired() {
        assertThat(check(response().notBefore(NOW.plus(SKEW)))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().notBefore(NOW.plus(SKEW).plus(SECOND)))).isEqualTo(AssertionFlaw.NOT_YET_VALID);
    }

    @Test
    void conditionsEnd_pastTheSkew_isExpired() {
        SamlDraft lasting = response()
                .notBefore(NOW.minus(Duration.ofHours(1)))
                .notOnOrAfter(NOW.minus(SKEW).plus(SECOND))
                .confirmationNotOnOrAfter(NOW.plus(SKEW));
        SamlDraft over = response()
                .notBefore(NOW.minus(Duration.ofHours(1)))
                .notOnOrAfter(NOW.minus(SKEW))
                .confirmationNotOnOrAfter(NOW.plus(SKEW));

        assertThat(genuine(lasting).notOnOrAfter()).isEqualTo(NOW.minus(SKEW).plus(SECOND));
        assertThat(check(over)).isEqualTo(EXPIRED);
    }

    @Test
    void confirmationEnd_pastTheSkew_isExpired() {
        assertThat(genuine(response().confirmationNotOnOrAfter(NOW.minus(SKEW).plus(SECOND)))
                        .notOnOrAfter())
                .isEqualTo(NOW.minus(SKEW).plus(SECOND));
        assertThat(check(response().confirmationNotOnOrAfter(NOW.minus(SKEW)))).isEqualTo(EXPIRED);
    }

    @Test
    void sessionEnd_isGrantedNoSkew() {
        assertThat(genuine(response().sessionNotOnOrAfter(NOW.plus(SECOND))).sessionNotOnOrAfter())
                .contains(NOW.plus(SECOND));
        assertThat(check(response().sessionNotOnOrAfter(NOW))).isEqualTo(EXPIRED);
    }

    @Test
    void sessionEnd_ofSeveral_isTheEarliest() {
        Instant earlier = NOW.plus(Duration.ofHours(1));
        var edit = Edits.duplicate("AuthnStatement")
                .andThen(Edits.set("AuthnStatement", "SessionNotOnOrAfter", earlier.toString()));

        assertThat(genuine(response()
                                .sessionNotOnOrAfter(NOW.plus(Duration.ofHours(2)))
                                .beforeSigning(edit::apply))
                        .sessionNotOnOrAfter())
                .contains(earlier);
    }

    @Test
    void clockSkew_isConfigurable() {
        assertThat(flaw(response().notBefore(NOW.plus(SECOND)), "clock-skew", "0s"))
                .isEqualTo(AssertionFlaw.NOT_YET_VALID);
        assertThat(check(response().notBefore(NOW.plusSeconds(180)), "clock-skew", "180s"))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void expired_andWrongInAnyOtherWay_isRejectedForThat() {
        SamlDraft old = response().confirmationNotOnOrAfter(NOW.minus(Duration.ofDays(1)));

        assertThat(flaw(old.audience("urn:other"))).isEqualTo(AssertionFlaw.AUDIENCE);
        assertThat(flaw(old.audience(AWS_AUDIENCE)
                        .attribute("https://aws.amazon.com/SAML/Attributes/SessionDuration", "x")))
                .isEqualTo(AssertionFlaw.SESSION_DURATION);
    }

    // For whom.

    @Test
    void audience_missing_isRefused() {
        assertThat(flaw(response().audience())).isEqualTo(AssertionFlaw.AUDIENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                AWS_AUDIENCE,
                AWS_RECIPIENT,
                "https://eu-west-1.signin.aws.amazon.com/saml",
                "https://signin.aws.amazon.com/saml/acs/SAMLSP4SHN3UIS2D558H46"
            })
    void audience_ofAws_isAccepted(String audience) {
        assertThat(genuine(response().audience("urn:other", audience)).addressedToAws())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:amazon:webservices/",
                "URN:amazon:webservices",
                " urn:amazon:webservices",
                "urn:amazon:webservices:govcloud",
                "https://signin.amazonaws.cn/saml",
                "https://signin.aws.amazon.com/saml/",
                "https://evil.signin.aws.amazon.com/saml",
                ""
            })
    void audience_thatOnlyResembles_isRefused(String audience) {
        assertThat(flaw(response().audience(audience))).isEqualTo(AssertionFlaw.AUDIENCE);
    }

    @Test
    void audience_twoRestrictions_mustBothHold() {
        assertThat(check(odd(restriction(AWS_AUDIENCE)))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(odd(restriction("urn:other")))).isEqualTo(AssertionFlaw.AUDIENCE);
    }

    @Test
    void audience_oneRestrictionForAwsAndOneForTheBroker_isForNobody() {
        assertThat(flaw(odd(restriction(BROKER_AUDIENCE)))).isEqualTo(AssertionFlaw.AUDIENCE);
    }

    @Test
    void audience_ofBothInOneRestriction_isForWhomTheRecipientIs() {
        assertThat(genuine(response().audience(AWS_AUDIENCE, BROKER_AUDIENCE)).addressedToBroker())
                .isFalse();
        assertThat(genuine(responseToBroker().audience(AWS_AUDIENCE, BROKER_AUDIENCE))
                        .addressedToAws())
                .isFalse();
    }

    @Test
    void recipient_ofTheOther_isRefused() {
        assertThat(flaw(response().recipient(BROKER_RECIPIENT).destination(BROKER_RECIPIENT)))
                .isEqualTo(AssertionFlaw.RECIPIENT);
        assertThat(flaw(responseToBroker().recipient(AWS_RECIPIENT).destination(AWS_RECIPIENT)))
                .isEqualTo(AssertionFlaw.RECIPIENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://signin.aws.amazon.com/saml/",
                "http://signin.aws.amazon.com/saml",
                "https://signin.aws.amazon.com:443/saml",
                "https://SIGNIN.aws.amazon.com/saml",
                "https://us-gov-west-1.signin.aws.amazon.com/saml",
                "https://signin.amazonaws-us-gov.com/saml",
                "https://signinXaws.amazon.com/saml",
                "https://signin.aws.amazon.com/saml?x",
                "https://signin.aws.amazon.com/saml/acs/",
                AWS_AUDIENCE,
                ""
            })
    void recipient_thatOnlyResembles_isRefused(String recipient) {
        assertThat(flaw(response().recipient(recipient))).isEqualTo(AssertionFlaw.RECIPIENT);
    }

    @Test
    void brokerAddress_notConfigured_isForNobody() {
        assertThat(flaw(responseToBroker(), "broker-audience", "", "broker-recipient", ""))
                .isEqualTo(AssertionFlaw.AUDIENCE);
    }

    @Test
    void awsAddress_withoutProviderArn_isForNobody() {
        assertThat(flaw(response(), "provider-arn", "")).isEqualTo(AssertionFlaw.AUDIENCE);
        assertThat(genuine(responseToBroker(), "provider-arn", "").roles()).isEmpty();
    }

    @Test
    void configuredAudiencesAndRecipients_replaceTheDefault() {
        assertThat(check(response().audience("urn:aws"), "audiences", "urn:aws"))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response(), "audiences", "urn:aws")).isEqualTo(AssertionFlaw.AUDIENCE);
        assertThat(check(response().recipient("https://a").destination("https://a"), "recipients", "https://a"))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response(), "recipients", "https://a")).isEqualTo(AssertionFlaw.RECIPIENT);
    }

    @Test
    void oneTimeUse_isRefused() {
        assertThat(flaw(odd(Edits.append("Conditions", ASSERTION, "saml:OneTimeUse"))))
                .isEqualTo(AssertionFlaw.ONE_TIME_USE);
    }

    @Test
    void proxyRestriction_isIgnored() {
        assertThat(check(odd(Edits.append("Conditions", ASSERTION, "saml:ProxyRestriction"))))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void destination_ofTheOtherOrOfNobody_isRefused() {
        assertThat(flaw(response().destination(BROKER_RECIPIENT))).isEqualTo(AssertionFlaw.DESTINATION);
        assertThat(flaw(response().destination(""))).isEqualTo(AssertionFlaw.DESTINATION);
        assertThat(flaw(responseToBroker().destination(AWS_RECIPIENT))).isEqualTo(AssertionFlaw.DESTINATION);
        assertThat(check(response().destination("https://eu-west-1.signin.aws.amazon.com/saml")))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void destination_absent_isRefusedOnlyOnASignedResponse() {
        var without = Edits.unset("Response", "Destination");

        assertThat(check(odd(without))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(odd(without).signed(SignedParts.BOTH))).isEqualTo(AssertionFlaw.DESTINATION);
    }

    @Test
    void inResponseTo_addressedToTheBroker_mustAgree() {
        var onResponse = Edits.set("Response", "InResponseTo", "_1");
        var onBoth = onResponse.andThen(Edits.set("SubjectConfirmationData", "InResponseTo", "_1"));
        var different = onResponse.andThen(Edits.set("SubjectConfirmationData", "InResponseTo", "_2"));

        assertThat(check(responseToBroker().beforeSigning(onBoth::apply))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(responseToBroker().beforeSigning(onResponse))).isEqualTo(AssertionFlaw.IN_RESPONSE_TO);
        assertThat(flaw(responseToBroker().beforeSigning(different::apply))).isEqualTo(AssertionFlaw.IN_RESPONSE_TO);
        assertThat(check(odd(onResponse))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    // About whom.

    @Test
    void subject_missing_isRefused() {
        assertThat(flaw(odd(Edits.remove("Subject")))).isEqualTo(AssertionFlaw.NAME_ID);
        assertThat(flaw(response().withoutNameId())).isEqualTo(AssertionFlaw.NAME_ID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "a\tb",
                "a\nb",
                "a\u0085b",
                "a\u061Cb",
                "a\u200Eb",
                "a\u200Fb",
                "a\u2028b",
                "a\u2029b",
                "a\u202Ab",
                "a\u202Eb",
                "a\u2066b",
                "a\u2069b"
            })
    void nameId_emptyOrDeceiving_isRefused(String value) {
        assertThat(flaw(response().nameId(value))).isEqualTo(AssertionFlaw.NAME_ID);
        if (!value.isBlank()) {
            assertThat(flaw(odd(Edits.set("NameID", "NameQualifier", value.replaceAll("[\t\n]", "\u0085")))))
                    .isEqualTo(AssertionFlaw.NAME_ID);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice",
                " alice",
                "EXAMPLE\\alice",
                "Zoë",
                "Zoe\u0308",
                "李",
                "a\u200Db",
                "a\u202Fb",
                "a\u2065b",
                "a\u206Ab",
                "a&<>\"'b"
            })
    void nameId_ofAnyScript_isKeptAsItCame(String value) {
        assertThat(genuine(response().nameId(value)).nameId().value()).isEqualTo(value);
    }

    @Test
    void nameId_longestAndLonger_isReadAndRefused() {
        assertThat(check(response().nameId("a".repeat(256)))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().nameId("a".repeat(257)))).isEqualTo(AssertionFlaw.NAME_ID);
    }

    @Test
    void nameId_qualifiers_areTold() {
        var edit = Edits.at("NameID", name -> {
            name.removeAttribute("Format");
            name.setAttribute("NameQualifier", "urn:idp");
            name.setAttribute("SPNameQualifier", "urn:sp");
        });

        assertThat(genuine(odd(edit)).nameId())
                .isEqualTo(new NameId("alice", Optional.empty(), Optional.of("urn:idp"), Optional.of("urn:sp")));
    }

    @Test
    void confirmation_notExactlyOneOfABearer_isRefused() {
        AssertionFlaw flaw = AssertionFlaw.SUBJECT_CONFIRMATION;

        assertThat(flaw(odd(Edits.remove("SubjectConfirmation")))).isEqualTo(flaw);
        assertThat(flaw(odd(Edits.duplicate("SubjectConfirmation")))).isEqualTo(flaw);
        assertThat(flaw(odd(
                        Edits.set("SubjectConfirmation", "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"))))
                .isEqualTo(flaw);
        assertThat(flaw(odd(Edits.unset("SubjectConfirmation", "Method")))).isEqualTo(flaw);
    }

    @Test
    void confirmation_withoutDataOrEndOrRecipient_isRefused() {
        AssertionFlaw flaw = AssertionFlaw.SUBJECT_CONFIRMATION;

        assertThat(flaw(odd(Edits.remove("SubjectConfirmationData")))).isEqualTo(flaw);
        assertThat(flaw(odd(Edits.unset("SubjectConfirmationData", "NotOnOrAfter"))))
                .isEqualTo(flaw);
        assertThat(flaw(odd(Edits.unset("SubjectConfirmationData", "Recipient"))))
                .isEqualTo(flaw);
    }

    @Test
    void confirmation_withABeginning_isRefused() {
        assertThat(flaw(odd(Edits.set(
                        "SubjectConfirmationData", "NotBefore", NOW.minus(SKEW).toString()))))
                .isEqualTo(AssertionFlaw.SUBJECT_CONFIRMATION);
    }

    @Test
    void authentication_missingOrInTheFuture_isRefused() {
        assertThat(flaw(odd(Edits.remove("AuthnStatement")))).isEqualTo(AssertionFlaw.AUTHENTICATION);
        assertThat(check(odd(Edits.set(
                        "AuthnStatement", "AuthnInstant", NOW.plus(SKEW).toString()))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(odd(Edits.set(
                        "AuthnStatement",
                        "AuthnInstant",
                        NOW.plus(SKEW).plus(SECOND).toString()))))
                .isEqualTo(AssertionFlaw.AUTHENTICATION);
    }

    private static SamlDraft odd(UnaryOperator<Document> change) {
        return response().beforeSigning(change);
    }

    private static UnaryOperator<Document> restriction(String audience) {
        return Edits.at("Conditions", conditions -> {
            Element restriction = Edits.newElement(conditions, ASSERTION, "saml:AudienceRestriction");
            Element created = Edits.newElement(conditions, ASSERTION, "saml:Audience");
            created.setTextContent(audience);
            restriction.appendChild(created);
            conditions.appendChild(restriction);
        });
    }
}
