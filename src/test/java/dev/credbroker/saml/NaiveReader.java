package dev.credbroker.saml;

import java.security.PublicKey;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * How it must not be done: verifies the first signature that it finds, whatever that refers to, and believes the first assertion.
 *
 * @param key which it verifies a signature with
 * @param text how it reads an element's text
 */
record NaiveReader(Function<Element, PublicKey> key, Function<Element, String> text) {

    /** Who it believes to be asking: nobody, if the signature is not good or nothing can be read. */
    Optional<String> person(String samlResponse) {
        try {
            Document document = StrictXml.parse(Base64.getMimeDecoder().decode(samlResponse));
            return verifies(document) ? person(document) : Optional.empty();
        } catch (StrictXml.NotXml e) {
            return Optional.empty();
        }
    }

    private Optional<String> person(Document document) {
        return named(document, "Assertion")
                .findFirst()
                .flatMap(assertion -> named(document, "NameID")
                        .filter(name ->
                                (assertion.compareDocumentPosition(name) & Element.DOCUMENT_POSITION_CONTAINED_BY) != 0)
                        .findFirst())
                .map(text);
    }

    private boolean verifies(Document document) {
        named(document, "*")
                .filter(element -> element.hasAttribute("ID"))
                .forEach(element -> element.setIdAttribute("ID", true));
        return named(document, "Signature").findFirst().filter(this::verifies).isPresent();
    }

    private boolean verifies(Element signature) {
        DOMValidateContext context = new DOMValidateContext(key.apply(signature), signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        try {
            return XMLSignatureFactory.getInstance("DOM")
                    .unmarshalXMLSignature(context)
                    .validate(context);
        } catch (MarshalException | XMLSignatureException e) {
            return false;
        }
    }

    private static Stream<Element> named(Document document, String localName) {
        var all = document.getElementsByTagNameNS("*", localName);
        return IntStream.range(0, all.getLength()).mapToObj(i -> (Element) all.item(i));
    }
}
