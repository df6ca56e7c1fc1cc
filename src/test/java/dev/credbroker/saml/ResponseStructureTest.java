package dev.credbroker.saml;

import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.Elements.PROTOCOL;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.checkXml;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.genuine;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * What is refused for its structure alone. Where an odd document can be signed at all it is, by the trusted key, so that nothing but
 * the one check stands between it and being believed.
 */
class ResponseStructureTest {

    // The text.

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void base64_brokenIntoLines_isRead(String lineBreak) {
        String lines = response().encode().replaceAll("(.{76})", "$1" + lineBreak);

        assertThat(check(lines, NOW)).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "-", "_", "%", "\u0000", "\u00e9", "="})
    void base64_anyOtherCharacter_isMalformed(String stray) {
        String text = response().encode();

        assertThat(flaw(check(text.substring(0, 40) + stray + text.substring(40), NOW)))
                .isEqualTo(AssertionFlaw.NOT_BASE64);
    }

    @Test
    void base64_otherSpellingOfTheTail_isMalformed() {
        assertThat(flaw(check("PGE", NOW))).isEqualTo(AssertionFlaw.NOT_BASE64);
        assertThat(flaw(check("PGE+PC9hPg=", NOW))).isEqualTo(AssertionFlaw.NOT_BASE64);
        assertThat(flaw(check("PGEvPh==", NOW))).isEqualTo(AssertionFlaw.NOT_BASE64);
        assertThat(flaw(check("PGEvPg==", NOW))).isEqualTo(AssertionFlaw.NOT_A_RESPONSE);
    }

    @Test
    void length_atAndAboveTheLimit_isReadAndMalformed() {
        String text = response().encode();
        String atLimit = text + "\n".repeat(100_000 - text.length());

        assertThat(check(atLimit.substring(1), NOW)).isInstanceOf(AssertionCheck.Rejected.class);
        assertThat(check(atLimit, NOW)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(check(atLimit + "\n", NOW))).isEqualTo(AssertionFlaw.TOO_LONG);
    }

    @Test
    void flaws_ofTheTextAlone_areMalformed() {
        assertThat(Stream.of(AssertionFlaw.values()).filter(AssertionFlaw::malformed))
                .containsExactly(AssertionFlaw.TOO_LONG, AssertionFlaw.NOT_BASE64, AssertionFlaw.NOT_XML);
    }

    // XML.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE samlp:Response>",
                "<!DOCTYPE r [<!ENTITY x \"y\">]>",
                "<!DOCTYPE r SYSTEM \"http://127.0.0.1:1/x.dtd\">",
                "<?xml version=\"1.1\"?>",
                "<?xml version=\"1.0\" encoding=\"UTF-16\"?>",
                "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>",
                "\uFEFF",
                " <?xml version=\"1.0\"?>",
                "x"
            })
    void prolog_ofAnythingButPlainXml_isMalformed(String prolog) {
        assertThat(flaw(checkXml(prolog + response().xml()))).isEqualTo(AssertionFlaw.NOT_XML);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<?xml version=\"1.0\"?>", "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"})
    void prolog_ofPlainXml_isRead(String prolog) {
        assertThat(checkXml(prolog + response().xml())).isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void octets_ofBrokenUtf8_areMalformed() {
        byte[] octets = response().nameId("aXb").xml().getBytes(StandardCharsets.UTF_8);
        octets[new String(octets, StandardCharsets.ISO_8859_1).indexOf("aXb") + 1] = (byte) 0xFF;

        assertThat(flaw(check(Base64.getEncoder().encodeToString(octets), NOW))).isEqualTo(AssertionFlaw.NOT_XML);
    }

    @Test
    void octets_ofUtf16_areMalformed() {
        byte[] octets = response().xml().getBytes(StandardCharsets.UTF_16);

        assertThat(flaw(check(Base64.getEncoder().encodeToString(octets), NOW))).isEqualTo(AssertionFlaw.NOT_XML);
    }

    @Test
    void prefix_thatIsNotBound_isMalformed() {
        assertThat(flaw(checkXml(response().xml().replace("<saml:Subject>", "<saml2:Subject>"))))
                .isEqualTo(AssertionFlaw.NOT_XML);
    }

    @ParameterizedTest
    @ValueSource(strings = {"&amp;#x0;", "&#x0;", "&#xFFFE;", "&x;"})
    void reference_toNoCharacter_isMalformedOrText(String reference) {
        AssertionCheck check =
                checkXml(response().nameId("alice").xml().replace(">alice<", ">alice" + reference + "<"));

        assertThat(flaw(check))
                .isEqualTo(reference.startsWith("&amp;") ? AssertionFlaw.SIGNATURE : AssertionFlaw.NOT_XML);
    }

    // Nodes.

    static Stream<Arguments> places() {
        return Stream.of("NameID", "Issuer", "Audience", "AttributeValue", "SignatureValue", "Response", "Status")
                .map(Arguments::of);
    }

    @ParameterizedTest
    @MethodSource("places")
    void comment_anywhere_isRefused(String place) {
        var edit = Edits.at(
                place, element -> element.appendChild(element.getOwnerDocument().createComment("x")));

        assertThat(flaw(response().afterSigning(edit))).isEqualTo(AssertionFlaw.FORBIDDEN_NODE);
    }

    @ParameterizedTest
    @MethodSource("places")
    void processingInstruction_anywhere_isRefused(String place) {
        var edit = Edits.at(
                place,
                element -> element.appendChild(element.getOwnerDocument().createProcessingInstruction("x", "y")));

        assertThat(flaw(response().afterSigning(edit))).isEqualTo(AssertionFlaw.FORBIDDEN_NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!-- x -->%s", "%s<!-- x -->", "<?x y?>%s", "%s<?x y?>"})
    void commentOrInstruction_outsideTheResponse_isRefused(String frame) {
        assertThat(flaw(checkXml(frame.formatted(response().xml())))).isEqualTo(AssertionFlaw.FORBIDDEN_NODE);
    }

    @Test
    void commentInNameId_thatWasNotSigned_neverYieldsTheFirstHalf() {
        // Canonicalization drops comments, so the signature stays good: readers of the first text node saw "alice".
        String xml = response().nameId("alice.evil").xml().replace("alice.evil", "alice<!-- -->.evil");

        assertThat(flaw(checkXml(xml))).isEqualTo(AssertionFlaw.FORBIDDEN_NODE);
    }

    @Test
    void cdataInNameId_isReadAsOneText() {
        String xml = response().nameId("alice.evil").xml().replace("alice.evil", "alice<![CDATA[.]]>evil");

        assertThat(genuine(checkXml(xml)).nameId().value()).isEqualTo("alice.evil");
    }

    @Test
    void depth_atAndBeyondTheLimit_passesAndIsRefused() {
        // Within KeyInfo, where any content is allowed; it is at level 4.
        assertThat(check(response().afterSigning(Edits.at("KeyInfo", info -> nest(info, 36)))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().afterSigning(Edits.at("KeyInfo", info -> nest(info, 37)))))
                .isEqualTo(AssertionFlaw.TOO_COMPLEX);
    }

    @Test
    void nodes_atAndBeyondTheLimit_passAndAreRefused() {
        int own = nodes(response().xml());

        assertThat(check(response().afterSigning(Edits.at("KeyInfo", info -> line(info, 5_000 - own)))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().afterSigning(Edits.at("KeyInfo", info -> line(info, 5_001 - own)))))
                .isEqualTo(AssertionFlaw.TOO_COMPLEX);
    }

    @Test
    void nesting_asDeepAsTheTextAllows_isRefusedWithoutOverflow() {
        assertThat(flaw(checkXml("<a>".repeat(10_000) + "</a>".repeat(10_000))))
                .isIn(AssertionFlaw.TOO_COMPLEX, AssertionFlaw.NOT_XML); // Which, is up to the limits of the JDK.
    }

    // XML Schema's attributes.

    @Test
    void schemaType_stringOnAValue_isAllowed() {
        assertThat(check(response().beforeSigning(Edits.at("AttributeValue", value -> schemaType(value, "xs:string")))))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"xs:anyType", "string", "saml:string", "xs:string ", "xs:xs:string", "xs:string:x", "true", ""})
    void schemaType_anyOtherOnAValue_isRefused(String type) {
        assertThat(flaw(response().beforeSigning(Edits.at("AttributeValue", value -> schemaType(value, type)))))
                .isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SubjectConfirmationData", "Attribute", "NameID", "Response"})
    void schemaType_elsewhere_isRefused(String place) {
        assertThat(flaw(response().beforeSigning(Edits.at(place, element -> schemaType(element, "xs:string")))))
                .isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    @Test
    void schemaLocation_anywhere_isRefused() {
        var edit = Edits.at(
                "AttributeValue",
                value -> value.setAttributeNS(
                        Elements.SCHEMA_INSTANCE, "xsi:schemaLocation", "urn:x http://127.0.0.1:1/x.xsd"));

        assertThat(flaw(response().beforeSigning(edit))).isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false", "1", "0"})
    void schemaNil_booleanOnAValue_isAllowed(String nil) {
        assertThat(check(response().beforeSigning(schemaInstance("xsi:nil", nil))))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "TRUE", "yes", " true", "2"})
    void schemaNil_anyOtherOnAValue_isRefused(String nil) {
        assertThat(flaw(response().beforeSigning(schemaInstance("xsi:nil", nil))))
                .isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"xs:string", "true"})
    void schemaAttribute_ofAnotherNameWithAHarmlessValue_isRefused(String value) {
        assertThat(flaw(response().beforeSigning(schemaInstance("xsi:noNamespaceSchemaLocation", value))))
                .isEqualTo(AssertionFlaw.SCHEMA_INSTANCE);
    }

    // The response and its children.

    @Test
    void root_thatIsNoResponse_isRefused() {
        assertThat(flaw(checkXml("<Response Version='2.0'/>"))).isEqualTo(AssertionFlaw.NOT_A_RESPONSE);
        assertThat(flaw(checkXml("<saml:Assertion xmlns:saml='%s' Version='2.0'/>".formatted(ASSERTION))))
                .isEqualTo(AssertionFlaw.NOT_A_RESPONSE);
    }

    @Test
    void version_otherThanTwo_isRefused() {
        assertThat(flaw(response().beforeSigning(Edits.set("Response", "Version", "1.1"))))
                .isEqualTo(AssertionFlaw.NOT_A_RESPONSE);
        assertThat(flaw(response().beforeSigning(Edits.unset("Response", "Version"))))
                .isEqualTo(AssertionFlaw.NOT_A_RESPONSE);
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("Response", PROTOCOL, "samlp:Extensions"),
                Arguments.of("Status", PROTOCOL, "samlp:StatusDetail"),
                Arguments.of("Assertion", ASSERTION, "saml:Advice"),
                Arguments.of("Assertion", ASSERTION, "saml:AuthzDecisionStatement"),
                Arguments.of("Assertion", ASSERTION, "saml:Statement"),
                Arguments.of("Assertion", "urn:other", "o:AttributeStatement"),
                Arguments.of("Subject", ASSERTION, "saml:BaseID"),
                Arguments.of("Subject", ASSERTION, "saml:NameID"),
                Arguments.of("SubjectConfirmation", ASSERTION, "saml:NameID"),
                Arguments.of("SubjectConfirmationData", Elements.SIGNATURE, "ds:KeyInfo"),
                Arguments.of("Conditions", ASSERTION, "saml:Condition"),
                Arguments.of("Conditions", "urn:other", "o:AudienceRestriction"),
                Arguments.of("AuthnContext", ASSERTION, "saml:AuthnContextDecl"),
                Arguments.of("AttributeValue", ASSERTION, "saml:NameID"),
                Arguments.of("NameID", ASSERTION, "saml:NameID"),
                Arguments.of("Audience", "urn:other", "o:x"));
    }

    @ParameterizedTest
    @MethodSource("strangers")
    void element_thatNoReaderKnows_isRefused(String parent, String namespace, String name) {
        assertThat(flaw(response().beforeSigning(Edits.append(parent, namespace, name))))
                .isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Subject", "Conditions", "AttributeStatement", "Attribute", "SubjectConfirmation", "Status"})
    void text_betweenElements_isRefused(String place) {
        var edit = Edits.at(
                place, element -> element.appendChild(element.getOwnerDocument().createTextNode("x")));

        assertThat(flaw(response().beforeSigning(edit))).isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Subject", "Conditions", "Status"})
    void element_twice_isRefused(String name) {
        assertThat(flaw(response().beforeSigning(Edits.duplicate(name)))).isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StatusCode", "Status", "AuthnContext", "Audience"})
    void element_thatMustBeThere_isMissedAndRefused(String name) {
        assertThat(flaw(response().beforeSigning(Edits.remove(name)))).isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @Test
    void attributes_none_areRefusedInsideTheirStatement() {
        assertThat(flaw(response().beforeSigning(Edits.text("AttributeStatement", ""))))
                .isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @Test
    void elements_inAnotherOrder_areRefused() {
        var edit =
                Edits.at("Conditions", conditions -> conditions.getParentNode().appendChild(conditions));

        assertThat(flaw(response().beforeSigning(edit))).isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
    }

    @Test
    void statements_inEitherOrderAndPrettyPrinted_areRead() {
        var edit = Edits.at("AuthnStatement", statement -> {
            statement.getParentNode().appendChild(statement.getOwnerDocument().createTextNode("\n  "));
            statement.getParentNode().appendChild(statement);
        });

        assertThat(check(response().beforeSigning(edit))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    // One assertion, in the clear.

    @Test
    void assertion_none_isRefused() {
        assertThat(flaw(response().signed(SignedParts.RESPONSE).beforeSigning(Edits.remove("Assertion"))))
                .isEqualTo(AssertionFlaw.ASSERTION_COUNT);
    }

    @Test
    void assertion_second_isRefused() {
        assertThat(flaw(response().afterSigning(Edits.append("Response", ASSERTION, "saml:Assertion"))))
                .isEqualTo(AssertionFlaw.UNEXPECTED_CONTENT);
        assertThat(flaw(response().afterSigning(Edits.duplicate("Assertion"))))
                .isEqualTo(AssertionFlaw.ASSERTION_COUNT);
    }

    @ParameterizedTest
    @ValueSource(strings = {ASSERTION, "urn:other"})
    void assertion_hiddenWithinASignature_isRefused(String namespace) {
        assertThat(flaw(response().afterSigning(Edits.append("KeyInfo", namespace, "x:Assertion"))))
                .isEqualTo(AssertionFlaw.ASSERTION_COUNT);
    }

    @Test
    void assertion_onlyWithinASignature_isRefused() {
        var edit = Edits.at(
                "Assertion",
                assertion -> Edits.find(assertion.getOwnerDocument(), "KeyInfo").appendChild(assertion));

        assertThat(flaw(response().signed(SignedParts.RESPONSE).afterSigning(edit)))
                .isEqualTo(AssertionFlaw.ASSERTION_COUNT);
    }

    @Test
    void encrypted_assertionBesideTheSignedOne_isRefused() {
        assertThat(flaw(response().afterSigning(Edits.append("Response", ASSERTION, "saml:EncryptedAssertion"))))
                .isEqualTo(AssertionFlaw.ENCRYPTED);
    }

    @Test
    void encrypted_identifierOrAttribute_isRefused() {
        var identifier = Edits.at(
                "NameID",
                name -> name.getParentNode().replaceChild(Edits.newElement(name, ASSERTION, "saml:EncryptedID"), name));

        assertThat(flaw(response().beforeSigning(identifier))).isEqualTo(AssertionFlaw.ENCRYPTED);
        assertThat(flaw(response()
                        .beforeSigning(Edits.append("AttributeStatement", ASSERTION, "saml:EncryptedAttribute"))))
                .isEqualTo(AssertionFlaw.ENCRYPTED);
    }

    // Status.

    @Test
    void status_otherThanSuccess_isRefused() {
        assertThat(flaw(response()
                        .beforeSigning(
                                Edits.set("StatusCode", "Value", "urn:oasis:names:tc:SAML:2.0:status:Responder"))))
                .isEqualTo(AssertionFlaw.STATUS);
        assertThat(flaw(response().beforeSigning(Edits.unset("StatusCode", "Value"))))
                .isEqualTo(AssertionFlaw.STATUS);
        assertThat(flaw(response().beforeSigning(Edits.append("StatusCode", PROTOCOL, "samlp:StatusCode"))))
                .isEqualTo(AssertionFlaw.STATUS);
    }

    // Identifiers.

    @ParameterizedTest
    @ValueSource(strings = {"NameID", "Attribute", "Subject", "Status"})
    void identifier_whereNoneBelongs_isRefused(String place) {
        for (String name : new String[] {"ID", "Id", "id", "iD"}) {
            assertThat(flaw(response().beforeSigning(Edits.set(place, name, "_other"))))
                    .isEqualTo(AssertionFlaw.ID);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Response", "Assertion", "NameID"})
    void identifier_inANamespace_isRefused(String place) {
        var foreign = Edits.at(place, element -> element.setAttributeNS("urn:other", "x:ID", "_other"));
        var xml = Edits.at(
                place, element -> element.setAttributeNS("http://www.w3.org/XML/1998/namespace", "xml:id", "_other"));

        assertThat(flaw(response().beforeSigning(foreign))).isEqualTo(AssertionFlaw.ID);
        assertThat(flaw(response().beforeSigning(xml))).isEqualTo(AssertionFlaw.ID);
    }

    @Test
    void identifier_twice_isRefused() {
        assertThat(flaw(response().afterSigning(ResponseStructureTest::shareIdentifier)))
                .isEqualTo(AssertionFlaw.ID);
        assertThat(flaw(response().afterSigning(ResponseStructureTest::repeatInSignature)))
                .isEqualTo(AssertionFlaw.ID);
    }

    @Test
    void identifier_ofASignature_isAllowed() {
        assertThat(check(response().afterSigning(Edits.set("Signature", "Id", "_signature"))))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1a", "a b", "a:b", "-a", "#a", "é"})
    void identifier_thatIsNoName_isRefused(String id) {
        assertThat(flaw(response().beforeSigning(Edits.set("Response", "ID", id))))
                .isEqualTo(AssertionFlaw.ID);
    }

    @Test
    void identifier_longestAndLonger_isReadAndRefused() {
        assertThat(check(response().beforeSigning(Edits.set("Assertion", "ID", "a".repeat(256)))))
                .isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(response().beforeSigning(Edits.set("Assertion", "ID", "a".repeat(257)))))
                .isEqualTo(AssertionFlaw.ID);
    }

    private static Document shareIdentifier(Document document) {
        Element assertion = Edits.find(document, "Assertion");
        Edits.find(document, "Response").setAttribute("ID", assertion.getAttribute("ID"));
        return document;
    }

    private static Document repeatInSignature(Document document) {
        Edits.find(document, "Signature")
                .setAttribute("Id", Edits.find(document, "Assertion").getAttribute("ID"));
        return document;
    }

    private static void nest(Element parent, int levels) {
        Element innermost = parent;
        for (int i = 0; i < levels; i++) {
            Element child = parent.getOwnerDocument().createElementNS(null, "x");
            innermost.appendChild(child);
            innermost = child;
        }
    }

    private static void line(Element parent, int count) {
        for (int i = 0; i < count; i++) {
            // In the default namespace, so that the serializer declares nothing, which would count as well.
            parent.appendChild(parent.getOwnerDocument().createElementNS(null, "x"));
        }
    }

    /** Elements, texts and attributes. */
    private static int nodes(String xml) {
        int elements = xml.split("<[a-zA-Z]", -1).length - 1;
        int attributes = xml.split("[A-Za-z]=\"", -1).length - 1;
        int texts = xml.split(">[^<]", -1).length - 1;
        return elements + attributes + texts;
    }

    private static void schemaType(Element element, String type) {
        schemaInstance(element, "xsi:type", type);
    }

    private static UnaryOperator<Document> schemaInstance(String attribute, String value) {
        return Edits.at("AttributeValue", element -> schemaInstance(element, attribute, value));
    }

    private static void schemaInstance(Element element, String attribute, String value) {
        element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xs", Elements.SCHEMA);
        element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:xsi", Elements.SCHEMA_INSTANCE);
        element.setAttributeNS(Elements.SCHEMA_INSTANCE, attribute, value);
    }

    @Test
    void draft_encodesWhatItWrites() {
        assertThat(check(SamlDraft.encode(response().xml()), NOW)).isInstanceOf(AssertionCheck.Genuine.class);
    }
}
