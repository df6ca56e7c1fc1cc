package dev.credbroker.saml;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Namespaces, and how elements are asked for their children and attributes: never by position, prefix or XPath. */
final class Elements {

    static final String PROTOCOL = "urn:oasis:names:tc:SAML:2.0:protocol";
    static final String ASSERTION = "urn:oasis:names:tc:SAML:2.0:assertion";
    static final String METADATA = "urn:oasis:names:tc:SAML:2.0:metadata";
    static final String SIGNATURE = "http://www.w3.org/2000/09/xmldsig#";
    static final String EXCLUSIVE_C14N = "http://www.w3.org/2001/10/xml-exc-c14n#";
    static final String SCHEMA_INSTANCE = "http://www.w3.org/2001/XMLSchema-instance";
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";

    private Elements() {}

    static boolean is(Node node, String namespace, String localName) {
        return node instanceof Element
                && localName.equals(node.getLocalName())
                && namespace.equals(node.getNamespaceURI());
    }

    static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    static Stream<Element> children(Element parent, String namespace, String localName) {
        return children(parent).stream().filter(child -> is(child, namespace, localName));
    }

    static Optional<Element> child(Element parent, String namespace, String localName) {
        return children(parent, namespace, localName).findFirst();
    }

    /** An attribute without a namespace; empty and absent are different. */
    static Optional<String> attribute(Element element, String name) {
        return element.hasAttributeNS(null, name) ? Optional.of(element.getAttributeNS(null, name)) : Optional.empty();
    }

    static boolean hasAttribute(Element element, String name, String value) {
        return attribute(element, name).filter(value::equals).isPresent();
    }
}
