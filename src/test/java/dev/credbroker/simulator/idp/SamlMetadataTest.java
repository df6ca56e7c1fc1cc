package dev.credbroker.simulator.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.Wire;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class SamlMetadataTest {

    private static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    private static final Simulator SIMULATOR = new Simulator(new TestClock());

    private final SimulatedIdentityProvider provider = SIMULATOR.identityProvider();

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void metadata_asServed_describesAnIdentityProvider() throws Exception {
        Document metadata = metadata();

        Element entity = metadata.getDocumentElement();
        assertThat(entity.getLocalName()).isEqualTo("EntityDescriptor");
        assertThat(entity.getNamespaceURI()).isEqualTo(METADATA);
        assertThat(entity.getAttribute("entityID")).isEqualTo(provider.entityId());
        assertThat(metadata.getElementsByTagNameNS(METADATA, "IDPSSODescriptor").getLength())
                .isEqualTo(1);
        assertThat(((Element) metadata.getElementsByTagNameNS(METADATA, "KeyDescriptor")
                                .item(0))
                        .getAttribute("use"))
                .isEqualTo("signing");
    }

    @Test
    void certificate_inTheMetadata_isTheRsaKeyOfTheProvider() throws Exception {
        assertThat(certificate(metadata())).isEqualTo(provider.certificates().getFirst());
    }

    @Test
    void certificates_ofTheProvider_vouchForThemselvesAndAreInTime() throws Exception {
        List<X509Certificate> certificates = provider.certificates();

        for (X509Certificate certificate : certificates) {
            certificate.verify(certificate.getPublicKey());
            certificate.checkValidity(Date.from(TestClock.START));
        }
        assertThat(certificates)
                .extracting(X509Certificate::getSigAlgName)
                .containsExactly("SHA256withRSA", "SHA256withECDSA");
        assertThat(((RSAPublicKey) certificates.getFirst().getPublicKey())
                        .getModulus()
                        .bitLength())
                .isEqualTo(2048);
    }

    @Test
    void rsa_withALongName_isStillACertificate() {
        String name = "n".repeat(300);

        assertThat(SamlKey.ecdsa(name, Instant.EPOCH)
                        .certificate()
                        .getSubjectX500Principal()
                        .getName())
                .isEqualTo("CN=" + name);
    }

    private Document metadata() throws Exception {
        String xml = Wire.get(provider.url(Page.METADATA)).body();
        return DocumentBuilderFactory.newDefaultNSInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static X509Certificate certificate(Document metadata) throws Exception {
        String base64 = metadata.getElementsByTagNameNS(XMLSignature.XMLNS, "X509Certificate")
                .item(0)
                .getTextContent();
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
    }
}
