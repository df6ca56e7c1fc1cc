package dev.credbroker.simulator.idp;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.xml.crypto.dsig.XMLSignature;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The EntityDescriptor (SAML Metadata §2.3.2) by which a service provider comes to trust the identity provider. */
record SamlMetadata(String entityId, String signOnUrl, List<X509Certificate> certificates) {

    String xml() {
        Document document = Xml.newDocument();
        Element entity = Xml.root(document, SamlNames.METADATA, "md:EntityDescriptor");
        entity.setAttribute("entityID", entityId);
        Element provider = Xml.child(entity, SamlNames.METADATA, "md:IDPSSODescriptor");
        provider.setAttribute("protocolSupportEnumeration", SamlNames.PROTOCOL);
        certificates.forEach(certificate -> addKey(provider, certificate));
        Xml.text(provider, SamlNames.METADATA, "md:NameIDFormat", SamlDraft.PERSISTENT);
        Element signOn = Xml.child(provider, SamlNames.METADATA, "md:SingleSignOnService");
        signOn.setAttribute("Binding", SamlNames.POST_BINDING);
        signOn.setAttribute("Location", signOnUrl);
        return Xml.write(document);
    }

    private static void addKey(Element provider, X509Certificate certificate) {
        Element descriptor = Xml.child(provider, SamlNames.METADATA, "md:KeyDescriptor");
        descriptor.setAttribute("use", "signing");
        Element info = Xml.child(descriptor, XMLSignature.XMLNS, "ds:KeyInfo");
        Xml.declare(info, XMLSignature.XMLNS);
        Element data = Xml.child(info, XMLSignature.XMLNS, "ds:X509Data");
        Xml.text(data, XMLSignature.XMLNS, "ds:X509Certificate", base64(certificate));
    }

    private static String base64(X509Certificate certificate) {
        try {
            return Base64.getEncoder().encodeToString(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a parsed certificate can be written", e);
        }
    }
}
