package dev.credbroker.saml;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.secret.Secret;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.provider.MethodSource;

/** A text in base64 is a response that a real ADFS has signed, or is not believed. */
class ResponseTextFuzzTest {

    private static final AssertionChecker CHECKER = TrustedProvider.checker(
            Instant.parse("2017-09-21T23:27:10Z"),
            "entity-id",
            "http://fs.spstest2.com/adfs/services/trust",
            "signing-certificates[0]",
            ThirdParty.text("gosaml2/adfs_idp_signing_cert.pem"),
            "signing-certificates[1]",
            ThirdParty.text("gosaml2/adfs_idp_signing_cert.pem"),
            "audiences",
            "https://saml.test.nope/session/sso/saml/spentityid/dknhyszjl7",
            "recipients",
            "https://saml.test.nope/session/sso/saml/acs/dknhyszjl7");

    static Stream<Named<byte[]>> known() {
        return Stream.of("adfs_response.b64", "adfs_response_enc.b64", "pfed11_response_01.b64")
                .map(file -> Named.of(file, ThirdParty.text("gosaml2/" + file).getBytes(US_ASCII)));
    }

    @MethodSource("known")
    @FuzzTest
    void check_anyText_saysWhatWasSignedOrIsRejected(byte[] text) {
        Secret response = Secret.of(new String(text, ISO_8859_1));

        switch (Cost.bounded(() -> CHECKER.check(response))) {
            case AssertionCheck.Genuine(CheckedAssertion assertion) -> {
                assertThat(assertion.nameId().value()).isEqualTo("paul@spstest2.com");
                assertThat(assertion.roles()).isEmpty();
                assertThat(assertion.notOnOrAfter()).isEqualTo("2017-09-21T23:32:06.828Z");
            }
            case AssertionCheck.Rejected rejected -> assertThat(rejected.flaw()).isNotEqualTo(AssertionFlaw.UNFORESEEN);
            case AssertionCheck.Expired _, AssertionCheck.MetadataUnavailable _ ->
                throw new AssertionError("neither time nor keys were touched");
        }
    }
}
