package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** No response can bring these about, since the gate before has seen to it; should a gap open there, this holds. */
class SignatureVerifierTest {

    private Element received;
    private String octets;

    @BeforeEach
    void receive() throws Exception {
        received = ReceivedResponse.read(Secret.of(response().encode())).assertion();
        octets = "<saml:Assertion xmlns:saml=\"%s\" ID=\"%s\"><saml:Issuer>x</saml:Issuer></saml:Assertion>"
                .formatted(Elements.ASSERTION, received.getAttribute("ID"));
    }

    @Test
    void asSigned_theElementItself_isRead() throws Exception {
        assertThat(SignatureVerifier.asSigned(octets.getBytes(StandardCharsets.UTF_8), received)
                        .getTextContent())
                .isEqualTo("x");
    }

    @Test
    void asSigned_anotherElement_isRefused() {
        assertThat(flaw(octets.replace("saml:Assertion", "saml:Subject"))).isEqualTo(AssertionFlaw.SIGNED_CONTENT);
        assertThat(flaw(octets.replace(Elements.ASSERTION, "urn:other"))).isEqualTo(AssertionFlaw.SIGNED_CONTENT);
        assertThat(flaw(octets.replace("ID=\"", "ID=\"x"))).isEqualTo(AssertionFlaw.SIGNED_CONTENT);
        assertThat(flaw("")).isEqualTo(AssertionFlaw.SIGNED_CONTENT);
    }

    @Test
    void verify_nothingSigned_isRefusedWhateverIsAllowed() {
        Document unsigned = Edits.parse(response().signed(SignedParts.NONE).xml());
        ReceivedResponse bare = new ReceivedResponse(unsigned.getDocumentElement(), Edits.find(unsigned, "Assertion"));
        List<PublicKey> keys = List.of(IDP.certificates().getFirst().getPublicKey());

        for (boolean responseSuffices : List.of(false, true)) {
            assertThat(catchThrowableOfType(
                                    FlawedAssertion.class,
                                    () -> SignatureVerifier.ofJdk().verify(bare, keys, responseSuffices))
                            .flaw())
                    .isEqualTo(AssertionFlaw.ASSERTION_UNSIGNED);
        }
    }

    private AssertionFlaw flaw(String signed) {
        return catchThrowableOfType(
                        FlawedAssertion.class,
                        () -> SignatureVerifier.asSigned(signed.getBytes(StandardCharsets.UTF_8), received))
                .flaw();
    }
}
