package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read from responses that real products sent, at their own time, by their own keys. */
class KnownProvidersTest {

    private static final PublishedResponse ADFS = PublishedResponse.of("gosaml2/adfs_response.b64");

    @Test
    void adfs_signedAssertion_tellsWhatItSays() {
        CheckedAssertion assertion = genuine(ADFS.check());

        assertThat(assertion.nameId().value()).isEqualTo("paul@spstest2.com");
        assertThat(assertion.attributes().get("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"))
                .containsExactly("fraley");
    }

    @Test
    void adfs_sixMinutesLater_isExpired() {
        assertThat(ADFS.at(Instant.parse("2017-09-21T23:33:06.827Z")).check())
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(ADFS.at(Instant.parse("2017-09-21T23:33:06.828Z")).check())
                .isInstanceOf(AssertionCheck.Expired.class);
    }

    @Test
    void adfs_keyOfAnotherProvider_isRejected() {
        String pem = ThirdParty.text("gosaml2/okta_cert.pem");

        assertThat(flaw(ADFS.check("signing-certificates[0]", pem, "signing-certificates[1]", pem)))
                .isEqualTo(AssertionFlaw.SIGNATURE);
    }

    @Test
    void okta_bothSignedWithPrefixList_tellsWhatItSays() {
        CheckedAssertion assertion =
                genuine(PublishedResponse.of("gosaml2/okta_response.xml").check());

        assertThat(assertion.nameId().value()).isEqualTo("russellhaering");
    }

    @ParameterizedTest
    @ValueSource(strings = {"01", "02", "03"})
    void pingFederate_signedInThreeWays_tellsWhatItSays(String way) {
        PublishedResponse response = PublishedResponse.of("gosaml2/pfed11_response_" + way + ".b64");

        assertThat(genuine(response.check()).nameId().value()).isEqualTo("firstlast@saml.test.nope");
    }
}
