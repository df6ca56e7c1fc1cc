package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.secret.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

    private AssertionFlaw flaw(String signed) {
        return catchThrowableOfType(
                        FlawedAssertion.class,
                        () -> SignatureVerifier.asSigned(signed.getBytes(StandardCharsets.UTF_8), received))
                .flaw();
    }
}
