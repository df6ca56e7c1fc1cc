package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;

/** Rules that an operator adds, whoever the assertion is for; without them each of these responses is genuine. */
class SignInRulesTest {

    private static final Instant OLDEST = NOW.minus(Duration.ofHours(8)).minusSeconds(60);
    private static final String[] EIGHT_HOURS = {"max-authentication-age", "8h"};
    private static final String[] MFA_OR_SMARTCARD = {"authentication-contexts", "urn:example:mfa,urn:example:smartcard"
    };
    private static final String[] UNSOLICITED_ONLY = {"unsolicited-only", "true"};

    @ParameterizedTest
    @EnumSource
    void signIn_olderThanIsAllowed_isExpired(Addressee addressee) {
        assertThat(check(signedIn(addressee, OLDEST.plusSeconds(1)), EIGHT_HOURS))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(signedIn(addressee, OLDEST), EIGHT_HOURS)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(signedIn(addressee, OLDEST.minusSeconds(1)), EIGHT_HOURS))
                .isEqualTo(new AssertionCheck.Expired("adfs"));
        assertThat(check(signedIn(addressee, OLDEST.minusSeconds(1)))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @EnumSource
    void signIn_oneOfSeveralTooOld_isExpired(Addressee addressee) {
        var twice = Edits.duplicate("AuthnStatement")
                .andThen(Edits.at(
                        "AuthnStatement",
                        1,
                        last -> last.setAttribute(
                                "AuthnInstant", OLDEST.minusSeconds(1).toString())));

        assertThat(check(odd(addressee, twice::apply), EIGHT_HOURS)).isEqualTo(new AssertionCheck.Expired("adfs"));
        assertThat(check(odd(addressee, twice::apply))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @EnumSource
    void context_thatIsListed_isGenuine(Addressee addressee) {
        assertThat(check(by(addressee, "urn:example:mfa"), MFA_OR_SMARTCARD))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(by(addressee, "urn:example:smartcard"), MFA_OR_SMARTCARD))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource({
        "AWS, urn:example:password",
        "BROKER, urn:example:password",
        "AWS, urn:example:MFA",
        "AWS, urn:example:mfa/",
        "AWS, ' urn:example:mfa'",
        "AWS, ''"
    })
    void context_thatIsNotListed_isRefused(Addressee addressee, String context) {
        assertThat(flaw(by(addressee, context), MFA_OR_SMARTCARD)).isEqualTo(AssertionFlaw.AUTHENTICATION_CONTEXT);
        assertThat(check(by(addressee, context))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @EnumSource
    void context_untoldOrOneOfSeveralNotListed_isRefused(Addressee addressee) {
        var untold = Edits.remove("AuthnContextClassRef");
        var second = Edits.duplicate("AuthnStatement").andThen(Edits.text("AuthnContextClassRef", "urn:example:mfa"));

        assertThat(flaw(odd(addressee, untold), MFA_OR_SMARTCARD)).isEqualTo(AssertionFlaw.AUTHENTICATION_CONTEXT);
        assertThat(flaw(odd(addressee, second::apply), MFA_OR_SMARTCARD))
                .isEqualTo(AssertionFlaw.AUTHENTICATION_CONTEXT);
        assertThat(check(odd(addressee, untold))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @CsvSource({"_1", "''"})
    void unsolicitedOnly_answerToARequest_isRefused(String request) {
        var onResponse = Edits.set("Response", "InResponseTo", request);
        var onConfirmation = Edits.set("SubjectConfirmationData", "InResponseTo", request);
        var onBoth = onResponse.andThen(onConfirmation);

        assertThat(flaw(odd(Addressee.AWS, onResponse), UNSOLICITED_ONLY)).isEqualTo(AssertionFlaw.IN_RESPONSE_TO);
        assertThat(flaw(odd(Addressee.AWS, onConfirmation), UNSOLICITED_ONLY)).isEqualTo(AssertionFlaw.IN_RESPONSE_TO);
        assertThat(flaw(odd(Addressee.BROKER, onBoth::apply), UNSOLICITED_ONLY))
                .isEqualTo(AssertionFlaw.IN_RESPONSE_TO);
        assertThat(check(odd(Addressee.BROKER, onBoth::apply))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @EnumSource
    void unsolicitedOnly_answerToNoRequest_isGenuine(Addressee addressee) {
        assertThat(check(response(addressee), UNSOLICITED_ONLY)).isInstanceOf(AssertionCheck.Genuine.class);
    }

    private static SamlDraft response(Addressee addressee) {
        return switch (addressee) {
            case AWS -> TrustedProvider.response();
            case BROKER -> TrustedProvider.responseToBroker();
        };
    }

    private static SamlDraft odd(Addressee addressee, UnaryOperator<Document> change) {
        return response(addressee).beforeSigning(change);
    }

    private static SamlDraft signedIn(Addressee addressee, Instant at) {
        return odd(addressee, Edits.set("AuthnStatement", "AuthnInstant", at.toString()));
    }

    private static SamlDraft by(Addressee addressee, String context) {
        return odd(addressee, Edits.text("AuthnContextClassRef", context));
    }
}
