package dev.credbroker.saml;

import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads a response as simply as can be, by names alone: what is said once can be understood in one way only. */
final class PlainReader {

    private final Document document;

    private PlainReader(Document document) {
        this.document = document;
    }

    static PlainReader read(String xml) {
        try {
            return new PlainReader(DocumentBuilderFactory.newDefaultNSInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml))));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("genuine, and no XML", e);
        }
    }

    /** The texts of all elements of this name. */
    Stream<String> texts(String localName) {
        return elements(localName).map(Element::getTextContent);
    }

    /** This attribute of all elements of this name, where they have it. */
    Stream<String> texts(String localName, String attribute) {
        return elements(localName)
                .filter(element -> element.hasAttribute(attribute))
                .map(element -> element.getAttribute(attribute));
    }

    Stream<Instant> moments(String localName, String attribute) {
        return texts(localName, attribute).map(Instant::parse);
    }

    /** The values of each SAML attribute, without those that are empty or nil. */
    Map<String, Set<String>> attributes() {
        Map<String, Set<String>> attributes = new HashMap<>();
        elements("AttributeValue")
                .filter(value -> !value.getTextContent().isEmpty())
                .filter(value -> !Set.of("true", "1").contains(value.getAttributeNS(Elements.SCHEMA_INSTANCE, "nil")))
                .forEach(value -> attributes
                        .computeIfAbsent(((Element) value.getParentNode()).getAttribute("Name"), _ -> new HashSet<>())
                        .add(value.getTextContent()));
        return attributes;
    }

    /** Role and provider of each pair that is one, whichever comes first. */
    Stream<List<String>> roles() {
        return attributes().getOrDefault("https://aws.amazon.com/SAML/Attributes/Role", Set.of()).stream()
                .map(pair -> Stream.of(pair.split(",", -1))
                        .map(String::strip)
                        .sorted()
                        .toList());
    }

    private Stream<Element> elements(String localName) {
        NodeList found = document.getElementsByTagNameNS("*", localName);
        return IntStream.range(0, found.getLength()).mapToObj(i -> (Element) found.item(i));
    }
}
