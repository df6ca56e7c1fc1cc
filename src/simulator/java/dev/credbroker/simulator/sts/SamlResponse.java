package dev.credbroker.simulator.sts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.crypto.KeySelector;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** A SAML response of which nothing is believed yet. */
final class SamlResponse {

    private static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    private static final String SUCCESS = "urn:oasis:names:tc:SAML:2.0:status:Success";

    private final Element response;

    private SamlResponse(Element response) {
        this.response = response;
    }

    /** @throws StsRejection {@code InvalidIdentityToken} for what is no base64 of a successful SAML response */
    static SamlResponse parse(String base64) {
        Element root = document(base64).getDocumentElement();
        if (!PROTOCOL.equals(root.getNamespaceURI()) || !"Response".equals(root.getLocalName())) {
            throw invalid("Invalid SAML response");
        }
        NodeList codes = root.getElementsByTagNameNS(PROTOCOL, "StatusCode");
        if (!(codes.item(0) instanceof Element code) || !SUCCESS.equals(code.getAttribute("Value"))) {
            throw invalid("Response status is not success");
        }
        return new SamlResponse(root);
    }

    /**
     * The only assertion, covered by a signature of its own or of the response's; every signature that is there must be good.
     *
     * @throws StsRejection {@code InvalidIdentityToken}
     */
    SamlAssertion verifiedWith(List<X509Certificate> certificates) {
        Element assertion = onlyAssertion();
        List<Element> signed = Stream.of(response, assertion)
                .filter(element -> signature(element).isPresent())
                .toList();
        if (signed.isEmpty() || !signed.stream().allMatch(element -> verifies(element, certificates))) {
            throw invalid("Response signature invalid");
        }
        return new SamlAssertion(assertion);
    }

    /** Counts them wherever they hide, so that nothing can be wrapped around. */
    private Element onlyAssertion() {
        NodeList all = response.getElementsByTagNameNS("*", "Assertion");
        if (all.getLength() != 1
                || !(all.item(0) instanceof Element assertion)
                || !SamlAssertion.NAMESPACE.equals(assertion.getNamespaceURI())
                || !response.isSameNode(assertion.getParentNode())) {
            throw invalid("Response must have exactly one assertion");
        }
        return assertion;
    }

    private static boolean verifies(Element element, List<X509Certificate> certificates) {
        element.setIdAttribute("ID", true);
        return certificates.stream().anyMatch(certificate -> verifies(element, certificate));
    }

    private static boolean verifies(Element element, X509Certificate certificate) {
        KeySelector key = KeySelector.singletonKeySelector(certificate.getPublicKey());
        DOMValidateContext context =
                new DOMValidateContext(key, signature(element).orElseThrow());
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        try {
            XMLSignature signature = XMLSignatureFactory.getInstance("DOM").unmarshalXMLSignature(context);
            return refersTo(signature, element.getAttribute("ID")) && signature.validate(context);
        } catch (MarshalException | XMLSignatureException e) {
            return false;
        }
    }

    private static boolean refersTo(XMLSignature signature, String id) {
        List<Reference> references = signature.getSignedInfo().getReferences();
        return references.size() == 1 && ("#" + id).equals(references.getFirst().getURI());
    }

    private static Optional<Node> signature(Element element) {
        return IntStream.range(0, element.getChildNodes().getLength())
                .mapToObj(element.getChildNodes()::item)
                .filter(child ->
                        XMLSignature.XMLNS.equals(child.getNamespaceURI()) && "Signature".equals(child.getLocalName()))
                .findFirst();
    }

    private static Document document(String base64) {
        try {
            return parser().parse(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(base64)));
        } catch (IllegalArgumentException | SAXException | IOException e) {
            throw invalid("Invalid base64 SAMLResponse");
        }
    }

    private static DocumentBuilder parser() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder parser = factory.newDocumentBuilder();
            parser.setErrorHandler(null);
            return parser;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser knows these features", e);
        }
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.invalidIdentityToken(message));
    }
}
