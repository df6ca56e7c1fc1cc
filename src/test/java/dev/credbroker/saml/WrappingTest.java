package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class WrappingTest {

    private static final List<SamlSignatureAlgorithm> ALGORITHMS =
            List.of(SamlSignatureAlgorithm.RSA_SHA256, SamlSignatureAlgorithm.ECDSA_SHA256);

    static Stream<Arguments> attacks() {
        return Arrays.stream(Wrapping.values())
                .flatMap(wrapping -> Stream.of(SignedParts.ASSERTION, SignedParts.RESPONSE, SignedParts.BOTH)
                        .filter(parts -> possible(wrapping, parts))
                        .flatMap(parts -> ALGORITHMS.stream().map(method -> Arguments.of(wrapping, parts, method))));
    }

    @ParameterizedTest
    @MethodSource("attacks")
    void check_wrapped_isRejectedAndItsTwinIsNot(
            Wrapping wrapping, SignedParts parts, SamlSignatureAlgorithm algorithm) {
        SamlDraft twin = response().signed(parts).algorithm(algorithm);
        SamlDraft attack = response().signed(parts).algorithm(algorithm).afterSigning(wrapping);

        assertThat(check(twin, "signature", "response-or-assertion")).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(check(attack, "signature", "response-or-assertion")).isInstanceOf(AssertionCheck.Rejected.class);
    }

    /** The generator really attacks: who verifies the first signature and reads the first assertion is deceived. */
    @Test
    void naiveReader_isDeceivedByHalfOfThem() throws Exception {
        for (Wrapping wrapping : List.of(Wrapping.XSW3, Wrapping.XSW4, Wrapping.XSW5, Wrapping.XSW7)) {
            assertThat(readNaively(response().afterSigning(wrapping).xml()))
                    .as(wrapping.name())
                    .isEqualTo(Wrapping.FORGED_NAME);
        }
    }

    @Test
    void naiveReader_readsTheTwin() throws Exception {
        assertThat(readNaively(response().nameId("alice").xml())).isEqualTo("alice");
    }

    private static boolean possible(Wrapping wrapping, SignedParts parts) {
        return wrapping.needs(Wrapping.Signed.ASSERTION)
                ? parts != SignedParts.RESPONSE
                : parts != SignedParts.ASSERTION;
    }

    private static String readNaively(String xml) throws Exception {
        Document document = StrictXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        NodeList elements = document.getElementsByTagName("*");
        for (int i = 0; i < elements.getLength(); i++) {
            if (elements.item(i) instanceof Element element && element.hasAttribute("ID")) {
                element.setIdAttribute("ID", true);
            }
        }
        DOMValidateContext context =
                new DOMValidateContext(IDP.certificates().getFirst().getPublicKey(), first(document, "Signature"));
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        assertThat(XMLSignatureFactory.getInstance("DOM")
                        .unmarshalXMLSignature(context)
                        .validate(context))
                .isTrue();
        Element assertion = (Element) first(document, "Assertion");
        return assertion.getElementsByTagNameNS("*", "NameID").item(0).getTextContent();
    }

    private static Node first(Document document, String localName) {
        return document.getElementsByTagNameNS("*", localName).item(0);
    }
}
