package dev.credbroker.saml;

import dev.credbroker.fuzz.Octets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.w3c.dom.Attr;
import org.w3c.dom.DOMException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * What a fuzzer does to a response: it moves, copies, wraps, renames and removes elements, and changes attributes and
 * texts. Any octets are a script; an edit that XML does not allow is left out.
 */
final class ScriptedEdits implements UnaryOperator<Document> {

    private static final int MOST = 12;

    private static final Pattern NOT_XML = Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD]");
    private static final String XMLNS = "http://www.w3.org/2000/xmlns/";

    private record Name(Optional<String> namespace, String qualified) {}

    /** Besides those of the document: what does not belong in it. */
    private static final List<Name> NAMES = List.of(
            new Name(Optional.of(Elements.PROTOCOL), "samlp:Extensions"),
            new Name(Optional.of(Elements.ASSERTION), "saml:Advice"),
            new Name(Optional.of(Elements.ASSERTION), "saml:OneTimeUse"),
            new Name(Optional.of(Elements.ASSERTION), "saml:ProxyRestriction"),
            new Name(Optional.of(Elements.ASSERTION), "saml:EncryptedAssertion"),
            new Name(Optional.of(Elements.ASSERTION), "saml:AttributeValue"),
            new Name(Optional.of(Elements.SIGNATURE), "ds:Object"),
            new Name(Optional.of(Elements.SIGNATURE), "ds:Signature"),
            new Name(Optional.of(Elements.EXCLUSIVE_C14N), "ec:InclusiveNamespaces"),
            new Name(Optional.of("urn:example:other"), "Assertion"));

    private static final List<Name> ATTRIBUTES = List.of(
            new Name(Optional.empty(), "ID"),
            new Name(Optional.empty(), "Id"),
            new Name(Optional.of("http://www.w3.org/XML/1998/namespace"), "xml:id"),
            new Name(Optional.empty(), "Name"),
            new Name(Optional.empty(), "NameFormat"),
            new Name(Optional.empty(), "Format"),
            new Name(Optional.empty(), "NameQualifier"),
            new Name(Optional.empty(), "SPNameQualifier"),
            new Name(Optional.empty(), "NotBefore"),
            new Name(Optional.empty(), "NotOnOrAfter"),
            new Name(Optional.empty(), "SessionNotOnOrAfter"),
            new Name(Optional.empty(), "InResponseTo"),
            new Name(Optional.empty(), "PrefixList"),
            new Name(Optional.of(Elements.SCHEMA_INSTANCE), "xsi:nil"),
            new Name(Optional.of(Elements.SCHEMA_INSTANCE), "xsi:type"),
            new Name(Optional.of(XMLNS), "xmlns:x"),
            new Name(Optional.of(XMLNS), "xmlns:xsi"));

    private static final List<String> VALUES = List.of(
            "",
            "_evil",
            "mallory",
            "true",
            "xs:string",
            TrustedProvider.BROKER_AUDIENCE,
            TrustedProvider.BROKER_RECIPIENT,
            TrustedProvider.ROLE + "-Admin," + TrustedProvider.PROVIDER,
            "2026-01-31T11:58:59Z",
            "2026-01-31T12:00:01.5Z",
            "2026-01-31T20:00:00Z",
            "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
            Elements.SCHEMA,
            Elements.SCHEMA_INSTANCE);

    private static final List<String> PIECES = List.of(
            "",
            "<!---->",
            "<?x y?>",
            "<![CDATA[x]]>",
            "&#x41;",
            "&lt;",
            " ",
            "\n",
            " ID=\"_x\"",
            " xmlns:saml=\"urn:x\"",
            " xmlns=\"\"",
            "<saml:NameID>mallory</saml:NameID>",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "&b;");

    private final Octets script;

    ScriptedEdits(Octets script) {
        this.script = script;
    }

    @Override
    public Document apply(Document document) {
        int edits = script.below(MOST + 1);
        for (int i = 0; i < edits && document.hasChildNodes(); i++) {
            try {
                edit(all(document), document);
            } catch (DOMException e) {
                // Not to be done to XML; the next one may be.
            }
        }
        return document;
    }

    /** Changes that leave the tree behind: pieces of text put anywhere in place of others. */
    String applyTo(String xml) {
        StringBuilder text = new StringBuilder(xml);
        while (script.left()) {
            int from = Math.min(tag(text, script.below(64)) + script.below(128), text.length());
            text.replace(from, from + script.below(64), script.either() ? script.of(PIECES) : script.text());
        }
        return text.toString();
    }

    /** Where a tag begins: unlike the length of signatures and certificates, their number is always the same. */
    private static int tag(CharSequence text, int index) {
        int at = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '<' && index-- == 0) {
                at = i;
            }
        }
        return at;
    }

    private void edit(List<Element> elements, Document document) {
        Element one = script.of(elements);
        switch (script.below(9)) {
            case 0 -> one.getParentNode().removeChild(one);
            case 1 -> one.getParentNode().insertBefore(script.of(elements).cloneNode(true), one);
            case 2 -> one.appendChild(script.of(elements).cloneNode(true));
            case 3 -> one.appendChild(script.of(elements));
            case 4 -> {
                Element around = created(elements, document);
                one.getParentNode().replaceChild(around, one);
                around.appendChild(one);
            }
            case 5 -> one.setTextContent(value(elements));
            case 6 -> {
                Name name = script.of(ATTRIBUTES);
                one.setAttributeNS(name.namespace().orElse(null), name.qualified(), value(elements));
            }
            case 7 ->
                attributes(one).forEach(attribute -> {
                    if (script.either()) {
                        attribute.setValue(value(elements));
                    }
                });
            default ->
                attributes(one).forEach(attribute -> {
                    if (script.either()) {
                        one.removeAttributeNode(attribute);
                    }
                });
        }
    }

    private Element created(List<Element> elements, Document document) {
        if (script.either()) {
            return (Element) script.of(elements).cloneNode(false);
        }
        Name name = script.of(NAMES);
        return Edits.newElement(document.getDocumentElement(), name.namespace().orElseThrow(), name.qualified());
    }

    private String value(List<Element> elements) {
        return switch (script.below(3)) {
            case 0 -> script.of(VALUES);
            case 1 -> script.of(elements).getTextContent();
            default -> NOT_XML.matcher(script.text()).replaceAll("");
        };
    }

    private static List<Attr> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> (Attr) element.getAttributes().item(i))
                .toList();
    }

    private static List<Element> all(Document document) {
        NodeList found = document.getElementsByTagName("*");
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
