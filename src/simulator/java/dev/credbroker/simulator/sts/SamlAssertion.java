package dev.credbroker.simulator.sts;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** An assertion whose signature was found good, read as far as STS reads it. */
final class SamlAssertion {

    static final String NAMESPACE = "urn:oasis:names:tc:SAML:2.0:assertion";

    private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";
    private static final String NAME_ID_FORMATS = "urn:oasis:names:tc:SAML:2.0:nameid-format:";

    private final Element assertion;

    SamlAssertion(Element assertion) {
        this.assertion = assertion;
    }

    String issuer() {
        return children(assertion, "Issuer").stream()
                .map(Node::getTextContent)
                .findFirst()
                .orElse("");
    }

    Instant issueInstant() {
        return time(assertion, "IssueInstant").orElseThrow(() -> invalid("Assertion has no IssueInstant"));
    }

    /** Absent and empty alike. */
    Optional<String> nameId() {
        return nameIds().stream()
                .map(Node::getTextContent)
                .filter(id -> !id.isEmpty())
                .findFirst();
    }

    /** The format, its standard prefix stripped. */
    String nameIdFormat() {
        return nameIds().stream()
                .map(id -> id.getAttribute("Format"))
                .map(format -> format.startsWith(NAME_ID_FORMATS) ? format.substring(NAME_ID_FORMATS.length()) : format)
                .findFirst()
                .orElse("");
    }

    Element conditions() {
        return one(assertion, "Conditions");
    }

    List<String> audiences() {
        return children(conditions(), "AudienceRestriction").stream()
                .flatMap(restriction -> children(restriction, "Audience").stream())
                .map(Node::getTextContent)
                .toList();
    }

    /** AWS takes exactly one confirmation. */
    Element confirmationData() {
        return one(one(one(assertion, "Subject"), "SubjectConfirmation"), "SubjectConfirmationData");
    }

    String recipient() {
        return confirmationData().getAttribute("Recipient");
    }

    /** The earliest, if the session is to end at all. */
    Optional<Instant> sessionNotOnOrAfter() {
        return children(assertion, "AuthnStatement").stream()
                .flatMap(statement -> time(statement, "SessionNotOnOrAfter").stream())
                .min(Instant::compareTo);
    }

    /** The values of AWS's attribute of this name, blanks around them stripped; empty if there is none. */
    List<String> attribute(String name) {
        return attributes().getOrDefault(AWS + name, List.of());
    }

    Map<String, String> principalTags() {
        String prefix = AWS + "PrincipalTag:";
        Map<String, String> tags = new LinkedHashMap<>();
        attributes().forEach((name, values) -> {
            if (name.startsWith(prefix)) {
                if (values.size() != 1) {
                    throw invalid("Principal tag must have exactly one value: " + name);
                }
                tags.put(name.substring(prefix.length()), values.getFirst());
            }
        });
        return tags;
    }

    static Optional<Instant> time(Element element, String attribute) {
        return Optional.of(element.getAttribute(attribute))
                .filter(text -> !text.isEmpty())
                .map(SamlAssertion::parse);
    }

    private Map<String, List<String>> attributes() {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (Element statement : children(assertion, "AttributeStatement")) {
            for (Element attribute : children(statement, "Attribute")) {
                List<String> values =
                        attributes.computeIfAbsent(attribute.getAttribute("Name"), _ -> new ArrayList<>());
                children(attribute, "AttributeValue")
                        .forEach(value -> values.add(value.getTextContent().strip()));
            }
        }
        return attributes;
    }

    private List<Element> nameIds() {
        return children(one(assertion, "Subject"), "NameID");
    }

    private static Instant parse(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw invalid("not a time: " + text);
        }
    }

    private static Element one(Element parent, String name) {
        List<Element> found = children(parent, name);
        if (found.size() != 1) {
            throw invalid("Assertion must have exactly one " + name);
        }
        return found.getFirst();
    }

    private static List<Element> children(Element parent, String name) {
        return IntStream.range(0, parent.getChildNodes().getLength())
                .mapToObj(parent.getChildNodes()::item)
                .filter(Element.class::isInstance)
                .map(Element.class::cast)
                .filter(child -> NAMESPACE.equals(child.getNamespaceURI()) && name.equals(child.getLocalName()))
                .toList();
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.invalidIdentityToken(message));
    }
}
