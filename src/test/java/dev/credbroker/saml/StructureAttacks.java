package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.drafted;
import static dev.credbroker.saml.Attack.edited;
import static dev.credbroker.saml.Attack.signed;
import static dev.credbroker.saml.Attack.written;
import static dev.credbroker.saml.Edits.append;
import static dev.credbroker.saml.Edits.at;
import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.Elements.SIGNATURE;

import dev.credbroker.simulator.idp.SignedParts;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Structures that two readers read in two ways: what one verifies, another believes. */
final class StructureAttacks {

    private static final String OTHER = "urn:other";
    private static final String XML = "http://www.w3.org/XML/1998/namespace";

    private StructureAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(secondAssertions(), foreignNames(), identifiers(), encrypted())
                .flatMap(attacks -> attacks);
    }

    /** CVE-2025-47949, CVE-2025-54369, CVE-2025-54419, CVE-2022-41912: a signed assertion somewhere, and one that is read. */
    private static Stream<Attack> secondAssertions() {
        return Stream.of(
                second("before the signed one", AssertionFlaw.ASSERTION_COUNT, "Assertion", StructureAttacks::before),
                second("after all", AssertionFlaw.ASSERTION_COUNT, "Response", Node::appendChild),
                second("in the status", AssertionFlaw.UNEXPECTED_CONTENT, "Status", Node::appendChild),
                second("in the issuer", AssertionFlaw.UNEXPECTED_CONTENT, "Issuer", Node::appendChild),
                second("in the signed one", AssertionFlaw.UNEXPECTED_CONTENT, "Assertion", Node::appendChild),
                second("in a value", AssertionFlaw.UNEXPECTED_CONTENT, "AttributeValue", Node::appendChild),
                second("in the signature", AssertionFlaw.ASSERTION_COUNT, "Signature", Node::appendChild),
                second("in the key's information", AssertionFlaw.ASSERTION_COUNT, "KeyInfo", Node::appendChild),
                second("in the transforms", AssertionFlaw.ASSERTION_COUNT, "Transform", Node::appendChild));
    }

    private static Attack second(
            String place, AssertionFlaw reason, String element, BiConsumer<Element, Element> insertion) {
        return edited("second assertion " + place, reason, document -> {
            Element forged = Forgery.of(Edits.find(document, "Assertion"));
            insertion.accept(Edits.find(document, element), forged);
            return document;
        });
    }

    private static void before(Element present, Element added) {
        present.getParentNode().insertBefore(added, present);
    }

    /** CVE-2025-25292, CVE-2025-66567 and "The Fragile Lock": an element that only one of two parsers sees as such. */
    private static Stream<Attack> foreignNames() {
        return Stream.of(
                edited(
                        "foreign assertion beside the signed one",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        append("Response", OTHER, "x:Assertion")),
                edited(
                        "foreign assertion in the key's information",
                        AssertionFlaw.ASSERTION_COUNT,
                        append("KeyInfo", OTHER, "x:Assertion")),
                written(
                        "assertion without a namespace",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        xml -> xml.replace("</samlp:Status>", "</samlp:Status><Assertion xmlns=\"\" ID=\"_evil\"/>")),
                written(
                        "assertion without a namespace in the key's information",
                        AssertionFlaw.ASSERTION_COUNT,
                        xml -> xml.replace("<ds:X509Data>", "<Assertion xmlns=\"\" ID=\"_evil\"/><ds:X509Data>")),
                edited(
                        "foreign signature beside the good one",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        append("Assertion", OTHER, "x:Signature")),
                edited(
                        "foreign signature in the key's information",
                        AssertionFlaw.SIGNATURE_PLACE,
                        append("KeyInfo", OTHER, "x:Signature")),
                written(
                        "signature under a prefix that means another namespace",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        xml -> xml.replace("xmlns:ds=\"" + SIGNATURE + "\"", "xmlns:ds=\"" + OTHER + "\"")),
                written(
                        "signed information under a prefix that means another namespace",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        xml -> xml.replace("<ds:SignedInfo>", "<ds:SignedInfo xmlns:ds=\"" + OTHER + "\">")),
                written(
                        "name under a prefix that means another namespace",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        xml -> xml.replace("<saml:NameID", "<saml:NameID xmlns:saml=\"" + OTHER + "\"")),
                written(
                        "prefix that is undeclared again",
                        AssertionFlaw.NOT_XML,
                        xml -> xml.replace("<saml:Subject>", "<saml:Subject xmlns:saml=\"\">")),
                written(
                        "prefix that is declared twice",
                        AssertionFlaw.NOT_XML,
                        xml -> xml.replace("<ds:Signature ", "<ds:Signature xmlns:ds=\"" + OTHER + "\" ")));
    }

    /** "The Fragile Lock": what names the element for the signature, and what names it for the reader. */
    private static Stream<Attack> identifiers() {
        return Stream.of(
                pollution("Assertion", null, "id"),
                pollution("Assertion", null, "Id"),
                pollution("Assertion", OTHER, "x:ID"),
                pollution("Assertion", OTHER, "x:id"),
                pollution("Assertion", XML, "xml:id"),
                pollution("Response", null, "Id"),
                pollution("Response", OTHER, "x:ID"),
                pollution("NameID", null, "ID"),
                edited("identifier ID on Signature", AssertionFlaw.ID, Edits.set("Signature", "ID", "_other")),
                edited("identifier id on DigestValue", AssertionFlaw.ID, Edits.set("DigestValue", "id", "_other")),
                edited("identifier of response and assertion alike", AssertionFlaw.ID, document -> {
                    String signed = Edits.find(document, "Assertion").getAttribute("ID");
                    return Edits.set("Response", "ID", signed).apply(document);
                }),
                edited("identifier of the assertion on its signature", AssertionFlaw.ID, document -> {
                    String signed = Edits.find(document, "Assertion").getAttribute("ID");
                    return Edits.set("Signature", "Id", signed).apply(document);
                }));
    }

    private static Attack pollution(String element, @Nullable String namespace, String attribute) {
        return signed("identifier %s on %s".formatted(attribute, element), AssertionFlaw.ID, at(element, polluted -> {
            if (OTHER.equals(namespace)) {
                polluted.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:x", OTHER);
            }
            polluted.setAttributeNS(namespace, attribute, "_other");
        }));
    }

    /** CVE-2026-2092: what anybody can encrypt, since the key to do it is published. */
    private static Stream<Attack> encrypted() {
        return Stream.of(
                edited("encrypted assertion alone", AssertionFlaw.ENCRYPTED, document -> {
                    Element assertion = Edits.find(document, "Assertion");
                    assertion.getParentNode().replaceChild(encrypted(assertion), assertion);
                    return document;
                }),
                drafted(
                        "encrypted assertion alone, in a signed response",
                        AssertionFlaw.ENCRYPTED,
                        draft -> draft.signed(SignedParts.RESPONSE),
                        draft -> draft.beforeSigning(document -> {
                            Element assertion = Edits.find(document, "Assertion");
                            assertion.getParentNode().replaceChild(encrypted(assertion), assertion);
                            return document;
                        })),
                edited(
                        "encrypted assertion before the signed one",
                        AssertionFlaw.ENCRYPTED,
                        at("Assertion", assertion -> before(assertion, encrypted(assertion)))),
                edited(
                        "encrypted assertion after the signed one",
                        AssertionFlaw.ENCRYPTED,
                        at("Response", response -> response.appendChild(encrypted(response)))),
                signed(
                        "encrypted name",
                        AssertionFlaw.ENCRYPTED,
                        at(
                                "NameID",
                                name -> name.getParentNode()
                                        .replaceChild(Edits.newElement(name, ASSERTION, "saml:EncryptedID"), name))),
                signed(
                        "encrypted attribute",
                        AssertionFlaw.ENCRYPTED,
                        append("AttributeStatement", ASSERTION, "saml:EncryptedAttribute")));
    }

    private static Element encrypted(Element near) {
        String xmlenc = "http://www.w3.org/2001/04/xmlenc#";
        Element wrapper = Edits.newElement(near, ASSERTION, "saml:EncryptedAssertion");
        Element data = Edits.newElement(near, xmlenc, "xenc:EncryptedData");
        Element value = Edits.newElement(near, xmlenc, "xenc:CipherValue");
        value.setTextContent("bWFsbG9yeQ==");
        data.appendChild(value);
        wrapper.appendChild(data);
        return wrapper;
    }
}
