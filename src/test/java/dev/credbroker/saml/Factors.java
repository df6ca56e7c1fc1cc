package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.AUDIENCE;
import static dev.credbroker.saml.AssertionFlaw.AUTHENTICATION;
import static dev.credbroker.saml.AssertionFlaw.CONDITIONS;
import static dev.credbroker.saml.AssertionFlaw.DESTINATION;
import static dev.credbroker.saml.AssertionFlaw.DUPLICATE_ATTRIBUTE;
import static dev.credbroker.saml.AssertionFlaw.ID;
import static dev.credbroker.saml.AssertionFlaw.IN_RESPONSE_TO;
import static dev.credbroker.saml.AssertionFlaw.ISSUED_IN_FUTURE;
import static dev.credbroker.saml.AssertionFlaw.ISSUER;
import static dev.credbroker.saml.AssertionFlaw.NAME_ID;
import static dev.credbroker.saml.AssertionFlaw.NOT_YET_VALID;
import static dev.credbroker.saml.AssertionFlaw.ONE_TIME_USE;
import static dev.credbroker.saml.AssertionFlaw.RECIPIENT;
import static dev.credbroker.saml.AssertionFlaw.SESSION_DURATION;
import static dev.credbroker.saml.AssertionFlaw.SEVERAL_VALUES;
import static dev.credbroker.saml.AssertionFlaw.SUBJECT_CONFIRMATION;
import static dev.credbroker.saml.AssertionFlaw.TIME_FORMAT;
import static dev.credbroker.saml.AssertionFlaw.UNEXPECTED_CONTENT;
import static dev.credbroker.saml.AssertionFlaw.UNKNOWN_ISSUER;
import static dev.credbroker.saml.AssertionFlaw.VERSION;
import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.Factor.EXPIRED;
import static dev.credbroker.saml.Factor.both;
import static dev.credbroker.saml.Factor.drafted;
import static dev.credbroker.saml.Factor.signed;
import static dev.credbroker.saml.Factor.sound;
import static dev.credbroker.saml.Factor.toAws;
import static dev.credbroker.saml.Factor.toBroker;

import dev.credbroker.saml.Factor.Side;
import dev.credbroker.simulator.idp.SignedParts;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What an assertion must say, one factor at a time. Limits of time are taken a second to each side, with the usual skew of 60 s.
 *
 * <p>STS grants no skew. So where the line is beside the moment at which STS judges, it is the broker's clock that is off.
 */
public final class Factors {

    /** By every clock but the broker's. */
    public static final Instant NOW = TrustedProvider.NOW;

    private static final String AWS = "https://aws.amazon.com/SAML/Attributes/";

    private Factors() {}

    public static Stream<Factor> all() {
        return Stream.of(
                        issuer(),
                        forms(),
                        issued(),
                        conditions(),
                        audience(),
                        subject(),
                        authentication(),
                        response(),
                        attributes())
                .flatMap(Function.identity());
    }

    private static Stream<Factor> issuer() {
        String entity = "urn:oasis:names:tc:SAML:2.0:nameid-format:entity";
        return Stream.of(
                        both("version", VERSION, sound(), signed(Edits.set("Assertion", "Version", "2.1"))),
                        both("identifier", ID, identifier(256), identifier(257)),
                        both(
                                "issuer of the response",
                                ISSUER,
                                signed(Edits.remove("Issuer")),
                                signed(Edits.text("Issuer", "https://other.example.com"))),
                        both("issuer with a blank", UNKNOWN_ISSUER, sound(), signed(more("Issuer", 1, " "))),
                        both("format of the issuer", ISSUER, format(entity), format(entity + "s")))
                .flatMap(Function.identity());
    }

    private static Side identifier(int length) {
        return signed(Edits.at(
                "Assertion", assertion -> assertion.setAttribute("ID", padded(assertion.getAttribute("ID"), length))));
    }

    private static String padded(String text, int length) {
        return text + "x".repeat(length - text.length());
    }

    private static Side format(String uri) {
        return signed(Edits.at("Issuer", 1, issuer -> issuer.setAttribute("Format", uri)));
    }

    private static Stream<Factor> forms() {
        return Stream.of(
                        both(
                                "zone of a time",
                                TIME_FORMAT,
                                issueInstant("2026-01-31T12:00:00Z"),
                                issueInstant("2026-01-31T12:00:00+00:00")),
                        both(
                                "fraction of a time",
                                TIME_FORMAT,
                                issueInstant("2026-01-31T12:00:00.123456789Z"),
                                issueInstant("2026-01-31T12:00:00.1234567890Z")),
                        both(
                                "first year",
                                TIME_FORMAT,
                                notBefore("2000-01-01T00:00:00Z"),
                                notBefore("1999-12-31T23:59:59Z")),
                        both(
                                "last year",
                                TIME_FORMAT,
                                end("Conditions", "2100-12-31T23:59:59Z"),
                                end("Conditions", "2101-01-01T00:00:00Z")),
                        both(
                                "day of the month",
                                TIME_FORMAT,
                                end("Conditions", "2026-02-28T12:00:00Z"),
                                end("Conditions", "2026-02-29T12:00:00Z")))
                .flatMap(Function.identity());
    }

    private static Stream<Factor> issued() {
        return Stream.of(
                        both("issue in the future", ISSUED_IN_FUTURE, issueInstant(at(60)), issueInstant(at(61))),
                        toBroker("age", EXPIRED, age(660), age(661)))
                .flatMap(Function.identity());
    }

    private static Stream<Factor> conditions() {
        Side begins = drafted(draft -> draft.issueInstant(NOW.minus(Duration.ofMinutes(4))));
        return Stream.of(
                        both("conditions", CONDITIONS, sound(), signed(Edits.remove("Conditions"))),
                        both(
                                "unknown condition",
                                UNEXPECTED_CONTENT,
                                sound(),
                                signed(Edits.append("Conditions", ASSERTION, "saml:Condition"))),
                        both("beginning of the conditions", NOT_YET_VALID, begins.ahead(-60), begins.ahead(-61)),
                        both(
                                "end of the conditions",
                                EXPIRED,
                                end("Conditions", at(1)).ahead(60),
                                end("Conditions", at(1)).ahead(61)),
                        both("span of the conditions", CONDITIONS, end("Conditions", at(1)), end("Conditions", at(0))),
                        both(
                                "use that may be made once",
                                ONE_TIME_USE,
                                signed(Edits.append("Conditions", ASSERTION, "saml:ProxyRestriction")),
                                signed(Edits.append("Conditions", ASSERTION, "saml:OneTimeUse"))))
                .flatMap(Function.identity());
    }

    private static Stream<Factor> audience() {
        return Stream.of(
                        both("restriction of the audience", AUDIENCE, sound(), drafted(draft -> draft.audience())),
                        both("spelling of the audience", AUDIENCE, sound(), signed(more("Audience", 0, "/"))),
                        both(
                                "one audience of several",
                                AUDIENCE,
                                signed(audience("urn:other")),
                                signed(Edits.text("Audience", "urn:other"))),
                        both(
                                "both of two restrictions",
                                AUDIENCE,
                                signed(Edits.duplicate("AudienceRestriction")),
                                signed(Edits.both(
                                        Edits.duplicate("AudienceRestriction"), Edits.text("Audience", "urn:other")))),
                        both(
                                "recipient",
                                RECIPIENT,
                                sound(),
                                drafted(draft -> draft.recipient("https://sp.example.com/acs"))),
                        both(
                                "spelling of the recipient",
                                RECIPIENT,
                                sound(),
                                signed(Edits.at(
                                        "SubjectConfirmationData",
                                        data -> data.setAttribute("Recipient", data.getAttribute("Recipient") + "/")))))
                .flatMap(Function.identity());
    }

    private static UnaryOperator<Document> audience(String uri) {
        return Edits.at("AudienceRestriction", restriction -> {
            Element audience = (Element) restriction.getFirstChild().cloneNode(false);
            audience.setTextContent(uri);
            restriction.insertBefore(audience, restriction.getFirstChild());
        });
    }

    private static Stream<Factor> subject() {
        String confirmation = "SubjectConfirmation";
        String data = "SubjectConfirmationData";
        return Stream.of(
                        both("name", NAME_ID, sound(), signed(Edits.remove("NameID"))),
                        both("length of the name", NAME_ID, name(256), name(257)),
                        both(
                                "invisible characters of the name",
                                NAME_ID,
                                signed(more("NameID", 0, "\u200D")),
                                signed(more("NameID", 0, "\u202E"))),
                        both(
                                "number of confirmations",
                                SUBJECT_CONFIRMATION,
                                sound(),
                                signed(Edits.duplicate(confirmation))),
                        both(
                                "method of the confirmation",
                                SUBJECT_CONFIRMATION,
                                sound(),
                                signed(Edits.set(
                                        confirmation, "Method", "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches"))),
                        both("data of the confirmation", SUBJECT_CONFIRMATION, sound(), signed(Edits.remove(data))),
                        both(
                                "end of the confirmation that is not said",
                                SUBJECT_CONFIRMATION,
                                sound(),
                                signed(Edits.unset(data, "NotOnOrAfter"))),
                        both(
                                "end of the confirmation",
                                EXPIRED,
                                end(data, at(1)).ahead(60),
                                end(data, at(1)).ahead(61)),
                        both(
                                "beginning of the confirmation that is said",
                                SUBJECT_CONFIRMATION,
                                sound(),
                                signed(Edits.set(data, "NotBefore", at(-60)))))
                .flatMap(Function.identity());
    }

    private static Side name(int length) {
        return signed(Edits.at("NameID", name -> name.setTextContent(padded(name.getTextContent(), length))));
    }

    private static Stream<Factor> authentication() {
        return Stream.of(
                        both(
                                "statement of the authentication",
                                AUTHENTICATION,
                                sound(),
                                signed(Edits.remove("AuthnStatement"))),
                        both("authentication in the future", AUTHENTICATION, authenticated(60), authenticated(61)),
                        toAws("end of the session", EXPIRED, session(1), session(0)),
                        toBroker("end of the session", EXPIRED, session(3600), session(0)))
                .flatMap(Function.identity());
    }

    private static Stream<Factor> response() {
        UnaryOperator<Document> noDestination = Edits.unset("Response", "Destination");
        return Stream.of(
                        both(
                                "destination",
                                DESTINATION,
                                sound(),
                                drafted(draft -> draft.destination("https://sp.example.com/acs"))),
                        both(
                                "destination that is not said",
                                DESTINATION,
                                signed(noDestination),
                                drafted(draft ->
                                        draft.beforeSigning(noDestination).signed(SignedParts.BOTH))),
                        toBroker("request that is answered", IN_RESPONSE_TO.text(), answering("_1"), answering("_2")))
                .flatMap(Function.identity());
    }

    private static Side answering(String confirmed) {
        return signed(Edits.both(
                Edits.set("Response", "InResponseTo", "_1"),
                Edits.set("SubjectConfirmationData", "InResponseTo", confirmed)));
    }

    private static Stream<Factor> attributes() {
        return Stream.of(
                        both("form of an attribute's name", DUPLICATE_ATTRIBUTE, twice("urn:a"), twice("urn:b")),
                        both("shortest duration", SESSION_DURATION, duration(900), duration(899)),
                        both("longest duration", SESSION_DURATION, duration(43_200), duration(43_201)),
                        both(
                                "values of the session name",
                                SEVERAL_VALUES,
                                sound(),
                                values("RoleSessionName", "ab", "cd")),
                        both(
                                "values of the source identity",
                                SEVERAL_VALUES,
                                values("SourceIdentity", "ab"),
                                values("SourceIdentity", "ab", "cd")),
                        both(
                                "values of a tag",
                                SEVERAL_VALUES,
                                values("PrincipalTag:Team", "ab"),
                                values("PrincipalTag:Team", "ab", "cd")))
                .flatMap(Function.identity());
    }

    /** The same attribute twice: first in the form {@code urn:a}, then in this one. */
    private static Side twice(String form) {
        return signed(Edits.at("AttributeStatement", statement -> {
            for (String each : new String[] {"urn:a", form}) {
                Element attribute = Edits.newElement(statement, ASSERTION, "saml:Attribute");
                attribute.setAttribute("Name", "team");
                attribute.setAttribute("NameFormat", each);
                statement.appendChild(attribute);
            }
        }));
    }

    private static Side duration(int seconds) {
        return values("SessionDuration", Integer.toString(seconds));
    }

    private static Side values(String attribute, String... values) {
        return drafted(draft -> draft.attribute(AWS + attribute, values));
    }

    private static Side issueInstant(String time) {
        return signed(Edits.set("Assertion", "IssueInstant", time));
    }

    private static Side notBefore(String time) {
        return signed(Edits.set("Conditions", "NotBefore", time));
    }

    private static Side end(String element, String time) {
        return signed(Edits.set(element, "NotOnOrAfter", time));
    }

    private static Side age(int seconds) {
        return issueInstant(at(-seconds));
    }

    private static Side authenticated(int seconds) {
        return signed(Edits.set("AuthnStatement", "AuthnInstant", at(seconds)));
    }

    private static Side session(int seconds) {
        return drafted(draft -> draft.sessionNotOnOrAfter(NOW.plusSeconds(seconds)));
    }

    private static UnaryOperator<Document> more(String element, int index, String text) {
        return Edits.at(element, index, found -> found.setTextContent(found.getTextContent() + text));
    }

    private static String at(int seconds) {
        return NOW.plusSeconds(seconds).toString();
    }
}
