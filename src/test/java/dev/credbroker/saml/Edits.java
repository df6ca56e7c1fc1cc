package dev.credbroker.saml;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Changes to a response, one at a time: before it is signed an odd provider made them, afterwards an attacker. */
public final class Edits {

    private Edits() {}

    /** Does something to the first element of this name. */
    static UnaryOperator<Document> at(String localName, Consumer<Element> change) {
        return at(localName, 0, change);
    }

    static UnaryOperator<Document> at(String localName, int index, Consumer<Element> change) {
        return document -> {
            change.accept(find(document, localName, index));
            return document;
        };
    }

    public static UnaryOperator<Document> set(String localName, String attribute, String value) {
        return at(localName, element -> element.setAttribute(attribute, value));
    }

    static UnaryOperator<Document> unset(String localName, String attribute) {
        return at(localName, element -> element.removeAttribute(attribute));
    }

    public static UnaryOperator<Document> text(String localName, String text) {
        return at(localName, element -> element.setTextContent(text));
    }

    static UnaryOperator<Document> remove(String localName) {
        return at(localName, element -> element.getParentNode().removeChild(element));
    }

    static UnaryOperator<Document> duplicate(String localName) {
        return at(localName, element -> element.getParentNode().insertBefore(element.cloneNode(true), element));
    }

    static UnaryOperator<Document> prepend(String parent, String namespace, String qualifiedName) {
        return at(
                parent,
                element ->
                        element.insertBefore(newElement(element, namespace, qualifiedName), element.getFirstChild()));
    }

    static UnaryOperator<Document> append(String parent, String namespace, String qualifiedName) {
        return at(parent, element -> element.appendChild(newElement(element, namespace, qualifiedName)));
    }

    static Element newElement(Element near, String namespace, String qualifiedName) {
        Element created = near.getOwnerDocument().createElementNS(namespace, qualifiedName);
        if (created.getPrefix() != null) {
            created.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:" + created.getPrefix(), namespace);
        }
        return created;
    }

    static UnaryOperator<Document> both(UnaryOperator<Document> first, UnaryOperator<Document> second) {
        return document -> second.apply(first.apply(document));
    }

    static Document parse(String xml) {
        try {
            return StrictXml.parse(xml.getBytes(StandardCharsets.UTF_8));
        } catch (StrictXml.NotXml e) {
            throw new IllegalArgumentException("no XML", e);
        }
    }

    static Element find(Document document, String localName) {
        return find(document, localName, 0);
    }

    private static Element find(Document document, String localName, int index) {
        if (document.getElementsByTagNameNS("*", localName).item(index) instanceof Element element) {
            return element;
        }
        throw new IllegalStateException("no such element: " + localName);
    }
}
