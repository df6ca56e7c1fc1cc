package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** The attacks are real: who is not on guard falls for them. */
class NaiveReaderTest {

    private static final Target TARGET =
            new Target(IDP, () -> TrustedProvider.response().nameId("alice"));

    private final NaiveReader reader = new NaiveReader(NaiveReaderTest::trusted, Element::getTextContent);

    @Test
    void reader_ofTwins_readsThePerson() {
        assertThat(WrappingAttacks.all().map(attack -> reader.person(attack.twin(TARGET))))
                .containsOnly(Optional.of("alice"));
    }

    /** Of the wrappings, those that SAML Raider's authors measured: 3, 4, 5 and 7. */
    @Test
    void reader_ofAttacks_takesTheForgedForTheSigned() {
        assertThat(Attacks.all()
                        .filter(attack -> !attack.reason().malformed() && attack.reason() != AssertionFlaw.REFERENCE)
                        .filter(attack -> reader.person(attack.on(TARGET)).equals(Optional.of(Forgery.NAME)))
                        .map(Attack::name))
                .containsExactlyInAnyOrder(
                        "XSW3 of ASSERTION by RSA_SHA256",
                        "XSW3 of ASSERTION by ECDSA_SHA256",
                        "XSW4 of ASSERTION by RSA_SHA256",
                        "XSW4 of ASSERTION by ECDSA_SHA256",
                        "XSW5 of ASSERTION by RSA_SHA256",
                        "XSW5 of ASSERTION by ECDSA_SHA256",
                        "XSW7 of ASSERTION by RSA_SHA256",
                        "XSW7 of ASSERTION by ECDSA_SHA256",
                        "second assertion before the signed one",
                        "second assertion in the status",
                        "second assertion in the issuer",
                        "second assertion in the key's information",
                        "transform by XPath that leaves out the person");
    }

    @Test
    void reader_ofTheFirstText_readsTheFirstHalf() {
        NaiveReader hasty = new NaiveReader(
                NaiveReaderTest::trusted, element -> element.getFirstChild().getNodeValue());

        assertThat(hasty.person(attack("NameID split by <!-- -->"))).contains("al");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "stranger's RSA key, its certificate in the key's information",
                "stranger's ECDSA key, its certificate in the key's information"
            })
    void reader_thatTakesTheKeyItIsOffered_believesStrangers(String attack) {
        NaiveReader trusting = new NaiveReader(NaiveReaderTest::offered, Element::getTextContent);

        assertThat(trusting.person(attack(attack))).contains("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"signature with SHA-1", "PSS signature with SHA-1", "digest with SHA-1"})
    void reader_thatTakesAnyAlgorithm_believesWeakOnes(String attack) {
        assertThat(reader.person(attack(attack))).contains("alice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference to \"http://127.0.0.1/bait\"", "reference to \"https://127.0.0.1/bait\""})
    void reader_thatFollowsReferences_isSentAnywhere(String attack) {
        int before = Bait.connections();

        assertThat(reader.person(attack(attack))).isEmpty();
        assertThat(Bait.connections()).isGreaterThan(before);
    }

    private static String attack(String name) {
        return Attacks.all()
                .filter(attack -> attack.name().equals(name))
                .findFirst()
                .orElseThrow()
                .on(TARGET);
    }

    private static PublicKey trusted(Element signature) {
        boolean ecdsa = first(signature, "SignatureMethod")
                .filter(method -> method.getAttribute("Algorithm").contains("ecdsa"))
                .isPresent();
        return IDP.samlKey(ecdsa ? SamlSignatureAlgorithm.ECDSA_SHA256 : SamlSignatureAlgorithm.RSA_SHA256)
                .certificate()
                .getPublicKey();
    }

    private static PublicKey offered(Element signature) {
        byte[] certificate = Base64.getMimeDecoder()
                .decode(first(signature, "X509Certificate").orElseThrow().getTextContent());
        try {
            return CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(certificate))
                    .getPublicKey();
        } catch (CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Optional<Element> first(Element below, String localName) {
        return Optional.ofNullable(
                (Element) below.getElementsByTagNameNS("*", localName).item(0));
    }
}
