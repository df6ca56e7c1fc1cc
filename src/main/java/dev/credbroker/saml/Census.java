package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.FORBIDDEN_NODE;
import static dev.credbroker.saml.AssertionFlaw.ID;
import static dev.credbroker.saml.AssertionFlaw.SCHEMA_INSTANCE;
import static dev.credbroker.saml.AssertionFlaw.TOO_COMPLEX;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.Text;

/**
 * Every element of a document, found in one walk that takes no recursion and ends at the limits: 40 levels, 5000 nodes.
 *
 * <p>Elements, attributes and text are all there may be. A comment or a processing instruction splits a text in two, and readers have
 * taken the first half for the whole (CVE-2017-11427 and its family).
 */
final class Census {

    private static final int DEEPEST = 40;
    private static final int MOST_NODES = 5_000;

    /** A part of {@code NCName}, which is what providers use. */
    private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9._-]{0,255}");

    private static final Set<String> BOOLEANS = Set.of("true", "false", "1", "0");

    private final List<Element> elements = new ArrayList<>();
    private int nodes;

    private Census() {}

    static Census of(Document document) throws FlawedAssertion {
        Census census = new Census();
        int depth = 0;
        Node node = document.getFirstChild();
        while (node != null) {
            census.count(node, depth);
            if (node.getFirstChild() != null) {
                node = node.getFirstChild();
                depth++;
                continue;
            }
            while (node.getNextSibling() == null && depth > 0) {
                node = node.getParentNode();
                depth--;
            }
            node = node.getNextSibling();
        }
        return census;
    }

    private void count(Node node, int depth) throws FlawedAssertion {
        FlawedAssertion.unless(node instanceof Element || isText(node), FORBIDDEN_NODE);
        nodes += 1;
        if (node instanceof Element element) {
            nodes += element.getAttributes().getLength();
            elements.add(element);
        }
        FlawedAssertion.unless(depth < DEEPEST && nodes <= MOST_NODES, TOO_COMPLEX);
    }

    /** Not {@code instanceof Text}: a CDATA section is one, too, and the parser leaves none. */
    private static boolean isText(Node node) {
        return node.getNodeType() == Node.TEXT_NODE && node instanceof Text;
    }

    /** All elements with this local name, whatever their namespace. */
    List<Element> named(String localName) {
        return elements.stream()
                .filter(element -> localName.equals(element.getLocalName()))
                .toList();
    }

    /**
     * Attributes of XML Schema change how a validating reader sees an element. Two are harmless and used: on a value,
     * {@code type="xs:string"} and {@code nil}.
     */
    void checkSchemaInstance() throws FlawedAssertion {
        for (Element element : elements) {
            for (Attr attribute : attributes(element)) {
                boolean harmless = !Elements.SCHEMA_INSTANCE.equals(attribute.getNamespaceURI())
                        || (Elements.is(element, Elements.ASSERTION, "AttributeValue")
                                && (isStringType(element, attribute) || isNil(attribute)));
                FlawedAssertion.unless(harmless, SCHEMA_INSTANCE);
            }
        }
    }

    private static boolean isStringType(Element element, Attr attribute) {
        String[] name = attribute.getValue().split(":", -1);
        return attribute.getLocalName().equals("type")
                && name.length == 2
                && name[1].equals("string")
                && Elements.SCHEMA.equals(element.lookupNamespaceURI(name[0]));
    }

    private static boolean isNil(Attr attribute) {
        return attribute.getLocalName().equals("nil") && BOOLEANS.contains(attribute.getValue());
    }

    /**
     * Whatever looks like an identifier is one, is unique, and stands where SAML and XML Signature put it (Core 1.3.4): on
     * {@code Response} and {@code Assertion} as {@code ID}, on elements of XML Signature as {@code Id}.
     */
    void checkIdentifiers() throws FlawedAssertion {
        Set<String> seen = new HashSet<>();
        for (Element element : elements) {
            for (Attr attribute : attributes(element)) {
                if (attribute.getLocalName().equalsIgnoreCase("ID")) {
                    boolean sound = attribute.getNamespaceURI() == null
                            && attribute.getLocalName().equals(identifierOf(element))
                            && IDENTIFIER.matcher(attribute.getValue()).matches()
                            && seen.add(attribute.getValue());
                    FlawedAssertion.unless(sound, ID);
                }
            }
        }
    }

    private static String identifierOf(Element element) {
        if (Elements.is(element, Elements.PROTOCOL, "Response")
                || Elements.is(element, Elements.ASSERTION, "Assertion")) {
            return "ID";
        }
        return Elements.SIGNATURE.equals(element.getNamespaceURI()) ? "Id" : "";
    }

    private static List<Attr> attributes(Element element) {
        NamedNodeMap attributes = element.getAttributes();
        return Stream.iterate(0, i -> i < attributes.getLength(), i -> i + 1)
                .map(i -> (Attr) attributes.item(i))
                .toList();
    }
}
