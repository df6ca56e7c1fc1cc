package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.jcp.xml.dsig.internal.dom.XMLDSigRI;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Apache Santuario judges every signature that the JDK's code judges here: both must come to the same verdict, over the same octets. They are asked about
 * each signature by itself and without the gate before, which would keep most of this from both of them.
 */
class SecondOpinionTest {

    private static final SignatureVerifier JDK = SignatureVerifier.ofJdk();
    private static final Provider APACHE = new XMLDSigRI();
    private static final SignatureVerifier SANTUARIO =
            new SignatureVerifier(() -> XMLSignatureFactory.getInstance("DOM", APACHE));

    private static final List<PublicKey> KEYS =
            IDP.certificates().stream().map(Certificate::getPublicKey).toList();
    private static final String XML = response().signed(SignedParts.BOTH).xml();

    private static final String REFUSED = "refused";

    static List<PublishedResponse> published() {
        return PublishedResponse.all();
    }

    static Stream<PublishedResponse> signable() {
        return VectorsTest.signable();
    }

    @ParameterizedTest
    @MethodSource("published")
    void opinions_onWhatOthersPublished_agree(PublishedResponse response) throws Exception {
        assertAgreement(response.octets(), response.keys().isEmpty() ? KEYS : response.keys());
    }

    @ParameterizedTest
    @MethodSource("signable")
    void opinions_onTheSameSignedAnew_agreeThatItIsSigned(PublishedResponse response) throws Exception {
        assertAgreement(response.anew().xml()).isNotEmpty().doesNotContain(REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void opinions_onEveryAlgorithm_agreeThatItIsSigned(SamlSignatureAlgorithm algorithm) {
        String xml = response().algorithm(algorithm).signed(SignedParts.BOTH).xml();

        assertAgreement(xml).hasSize(2).doesNotContain(REFUSED);
    }

    @ParameterizedTest
    @EnumSource
    void opinions_onAWrappedResponse_agree(Wrapping wrapping) {
        SignedParts needed = wrapping.name().matches("XSW[12]") ? SignedParts.RESPONSE : SignedParts.ASSERTION;

        for (SignedParts parts : List.of(needed, SignedParts.BOTH)) {
            assertAgreement(response().signed(parts).xml()).doesNotContain(REFUSED);
            assertAgreement(response().signed(parts).afterSigning(wrapping).xml());
        }
    }

    @Property(tries = 500)
    void opinions_onChangedText_agree(@ForAll("changes") Change change) {
        assertAgreement(change.applyTo(XML));
    }

    @Provide
    Arbitrary<Change> changes() {
        return Change.any();
    }

    private static ListAssert<String> assertAgreement(String xml) {
        return assertAgreement(xml.getBytes(StandardCharsets.UTF_8), KEYS);
    }

    private static ListAssert<String> assertAgreement(byte[] xml, List<PublicKey> keys) {
        List<String> opinions = opinions(JDK, xml, keys);
        assertThat(opinions).isEqualTo(opinions(SANTUARIO, xml, keys));
        return assertThat(opinions);
    }

    /** One for each signature in the text: the octets that were signed, or that it is refused. */
    private static List<String> opinions(SignatureVerifier verifier, byte[] xml, List<PublicKey> keys) {
        List<String> opinions = new ArrayList<>();
        int signatures = signatures(xml).size();
        for (int i = 0; i < signatures; i++) {
            opinions.add(opinion(verifier, signatures(xml).get(i), keys));
        }
        return opinions;
    }

    private static String opinion(SignatureVerifier verifier, Element signature, List<PublicKey> keys) {
        if (verifier == SANTUARIO && isOfSha1(signature)) {
            return REFUSED; // Which the JDK does by its policy, and Santuario does not.
        }
        try {
            byte[] octets = verifier.octets((Element) signature.getParentNode(), signature, keys);
            return new String(octets, StandardCharsets.UTF_8);
        } catch (FlawedAssertion | RuntimeException e) {
            return REFUSED;
        }
    }

    private static boolean isOfSha1(Element signature) {
        return Stream.of("SignatureMethod", "DigestMethod")
                .map(name -> signature.getElementsByTagNameNS(Elements.SIGNATURE, name))
                .filter(methods -> methods.getLength() > 0)
                .anyMatch(methods ->
                        ((Element) methods.item(0)).getAttribute("Algorithm").endsWith("sha1"));
    }

    /** In a document of their own each time, since to verify one changes it. None in what is no XML. */
    private static List<Element> signatures(byte[] xml) {
        try {
            NodeList found = StrictXml.parse(xml).getElementsByTagNameNS(Elements.SIGNATURE, "Signature");
            return IntStream.range(0, found.getLength())
                    .mapToObj(i -> (Element) found.item(i))
                    .toList();
        } catch (StrictXml.NotXml e) {
            return List.of();
        }
    }
}
