package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.AUDIENCE;
import static dev.credbroker.saml.AssertionFlaw.AUTHENTICATION;
import static dev.credbroker.saml.AssertionFlaw.CONDITIONS;
import static dev.credbroker.saml.AssertionFlaw.DUPLICATE_ATTRIBUTE;
import static dev.credbroker.saml.AssertionFlaw.ID;
import static dev.credbroker.saml.AssertionFlaw.ISSUER;
import static dev.credbroker.saml.AssertionFlaw.NAME_ID;
import static dev.credbroker.saml.AssertionFlaw.ONE_TIME_USE;
import static dev.credbroker.saml.AssertionFlaw.SUBJECT_CONFIRMATION;
import static dev.credbroker.saml.AssertionFlaw.TIME_FORMAT;
import static dev.credbroker.saml.AssertionFlaw.UNEXPECTED_CONTENT;
import static dev.credbroker.saml.AssertionFlaw.VERSION;
import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.FlawedAssertion.unless;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.w3c.dom.Element;

/**
 * Reads an assertion whose signature was good and whose structure {@link ResponseGrammar} has checked. It insists on what must be there and
 * on its form; whether that suits this broker at this moment is for {@link AssertionRules}.
 */
final class StatementReader {

    private static final String BEARER = "urn:oasis:names:tc:SAML:2.0:cm:bearer";
    private static final String ENTITY = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
    private static final String UNSPECIFIED = "urn:oasis:names:tc:SAML:2.0:attrname-format:unspecified";
    private static final int LONGEST_NAME_ID = 256;
    private static final int LONGEST_QUALIFIER = 1024;

    private final Element assertion;

    private StatementReader(Element assertion) {
        this.assertion = assertion;
    }

    static Statement read(Element assertion) throws FlawedAssertion {
        return new StatementReader(assertion).statement();
    }

    /** An {@code Issuer} names an entity (Core 2.2.5); compared as it is, so nothing is trimmed. */
    static String issuer(Element issuer) throws FlawedAssertion {
        unless(Elements.attribute(issuer, "Format").orElse(ENTITY).equals(ENTITY), ISSUER);
        return issuer.getTextContent();
    }

    private Statement statement() throws FlawedAssertion {
        unless(Elements.hasAttribute(assertion, "Version", "2.0"), VERSION);
        Optional<String> id = Elements.attribute(assertion, "ID");
        unless(id.isPresent(), ID);
        Instant issueInstant = requiredTime(assertion, "IssueInstant");
        String issuer = issuer(child("Issuer", ISSUER));
        Element conditions = child("Conditions", CONDITIONS);
        Element subject = child("Subject", NAME_ID);
        checkUse(conditions);
        return new Statement(
                id.get(),
                issueInstant,
                issuer,
                nameId(subject),
                confirmation(subject),
                time(conditions, "NotBefore"),
                time(conditions, "NotOnOrAfter"),
                audiences(conditions),
                authentications(),
                attributes());
    }

    /** To be used once (Core 2.5.1.5): a caller may come again with it, and nothing here would know. */
    private static void checkUse(Element conditions) throws FlawedAssertion {
        unless(Elements.child(conditions, ASSERTION, "OneTimeUse").isEmpty(), ONE_TIME_USE);
    }

    private static List<Set<String>> audiences(Element conditions) throws FlawedAssertion {
        List<Set<String>> restrictions = Elements.children(conditions, ASSERTION, "AudienceRestriction")
                .map(restriction -> Elements.children(restriction, ASSERTION, "Audience")
                        .map(Element::getTextContent)
                        .collect(Collectors.toUnmodifiableSet()))
                .toList();
        unless(!restrictions.isEmpty(), AUDIENCE);
        return restrictions;
    }

    private static NameId nameId(Element subject) throws FlawedAssertion {
        Optional<Element> name = Elements.child(subject, ASSERTION, "NameID");
        unless(name.isPresent(), NAME_ID);
        String value = name.get().getTextContent();
        unless(!value.isBlank() && isName(value, LONGEST_NAME_ID), NAME_ID);
        return new NameId(
                value,
                qualifier(name.get(), "Format"),
                qualifier(name.get(), "NameQualifier"),
                qualifier(name.get(), "SPNameQualifier"));
    }

    private static Optional<String> qualifier(Element name, String attribute) throws FlawedAssertion {
        Optional<String> text = Elements.attribute(name, attribute);
        unless(text.isEmpty() || isName(text.get(), LONGEST_QUALIFIER), NAME_ID);
        return text;
    }

    private static boolean isName(String text, int longest) {
        return text.length() <= longest && text.codePoints().noneMatch(StatementReader::deceives);
    }

    /** Controls, line separators, and the marks that turn the direction of text (Unicode Bidi_Control). */
    private static boolean deceives(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default ->
                codePoint == 0x061C
                        || codePoint == 0x200E
                        || codePoint == 0x200F
                        || (codePoint >= 0x202A && codePoint <= 0x202E)
                        || (codePoint >= 0x2066 && codePoint <= 0x2069);
        };
    }

    /** Exactly one, of a bearer (Profiles 4.1.4.2), as AWS asks too; {@code NotBefore} must not be there. */
    private static Statement.Confirmation confirmation(Element subject) throws FlawedAssertion {
        List<Element> confirmations =
                Elements.children(subject, ASSERTION, "SubjectConfirmation").toList();
        unless(confirmations.size() == 1, SUBJECT_CONFIRMATION);
        unless(Elements.hasAttribute(confirmations.getFirst(), "Method", BEARER), SUBJECT_CONFIRMATION);
        Optional<Element> data = Elements.child(confirmations.getFirst(), ASSERTION, "SubjectConfirmationData");
        unless(data.isPresent() && !data.get().hasAttributeNS(null, "NotBefore"), SUBJECT_CONFIRMATION);
        Optional<String> recipient = Elements.attribute(data.get(), "Recipient");
        Optional<Instant> notOnOrAfter = time(data.get(), "NotOnOrAfter");
        unless(recipient.isPresent() && notOnOrAfter.isPresent(), SUBJECT_CONFIRMATION);
        return new Statement.Confirmation(
                recipient.get(), notOnOrAfter.get(), Elements.attribute(data.get(), "InResponseTo"));
    }

    private List<Statement.Authentication> authentications() throws FlawedAssertion {
        List<Statement.Authentication> authentications = new ArrayList<>();
        for (Element statement :
                Elements.children(assertion, ASSERTION, "AuthnStatement").toList()) {
            authentications.add(new Statement.Authentication(
                    requiredTime(statement, "AuthnInstant"),
                    time(statement, "SessionNotOnOrAfter"),
                    context(statement)));
        }
        unless(!authentications.isEmpty(), AUTHENTICATION);
        return List.copyOf(authentications);
    }

    private static Optional<String> context(Element statement) {
        return Elements.child(statement, ASSERTION, "AuthnContext")
                .flatMap(context -> Elements.child(context, ASSERTION, "AuthnContextClassRef"))
                .map(Element::getTextContent);
    }

    private Attributes attributes() throws FlawedAssertion {
        Map<String, String> formats = new LinkedHashMap<>();
        Map<String, List<Optional<String>>> values = new LinkedHashMap<>();
        List<Element> attributes = Elements.children(assertion, ASSERTION, "AttributeStatement")
                .flatMap(statement -> Elements.children(statement, ASSERTION, "Attribute"))
                .toList();
        for (Element attribute : attributes) {
            String name = Elements.attribute(attribute, "Name").orElse("");
            unless(!name.isEmpty(), UNEXPECTED_CONTENT);
            String format = Elements.attribute(attribute, "NameFormat").orElse(UNSPECIFIED);
            String earlier = formats.putIfAbsent(name, format);
            unless(earlier == null || earlier.equals(format), DUPLICATE_ATTRIBUTE);
            values.computeIfAbsent(name, _ -> new ArrayList<>()).addAll(values(attribute));
        }
        return new Attributes(values);
    }

    private static List<Optional<String>> values(Element attribute) {
        return Elements.children(attribute, ASSERTION, "AttributeValue")
                .map(value -> isNil(value) ? Optional.<String>empty() : Optional.of(value.getTextContent()))
                .toList();
    }

    private static boolean isNil(Element value) {
        String nil = value.getAttributeNS(Elements.SCHEMA_INSTANCE, "nil");
        return nil.equals("true") || nil.equals("1");
    }

    private Element child(String localName, AssertionFlaw ifAbsent) throws FlawedAssertion {
        Optional<Element> child = Elements.child(assertion, ASSERTION, localName);
        unless(child.isPresent(), ifAbsent);
        return child.get();
    }

    private static Instant requiredTime(Element element, String attribute) throws FlawedAssertion {
        Optional<Instant> time = time(element, attribute);
        unless(time.isPresent(), TIME_FORMAT);
        return time.get();
    }

    private static Optional<Instant> time(Element element, String attribute) throws FlawedAssertion {
        Optional<String> text = Elements.attribute(element, attribute);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> time = SamlTime.parse(text.get());
        unless(time.isPresent(), TIME_FORMAT);
        return time;
    }
}
