package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.edited;
import static dev.credbroker.saml.Attack.sealed;
import static dev.credbroker.saml.Edits.at;
import static dev.credbroker.saml.Elements.PROTOCOL;
import static dev.credbroker.saml.Elements.SIGNATURE;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.DigestMethod;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Signatures whose digest is not that of what is read. */
final class DigestAttacks {

    private DigestAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(nothing(), smuggled(), doubled()).flatMap(Function.identity());
    }

    /** "The Fragile Lock", CVE-2025-66568: where canonicalization fails unnoticed, the digest is one of nothing. */
    private static Stream<Attack> nothing() {
        return Stream.of(
                edited("relative namespace in what is signed", AssertionFlaw.SIGNATURE, relative("NameID")),
                edited("relative namespace in the signed information", AssertionFlaw.SIGNATURE, relative("SignedInfo")),
                edited(
                        "relative namespace and an empty digest",
                        AssertionFlaw.DIGEST,
                        Edits.both(Edits.text("DigestValue", ""), relative("NameID"))),
                ofNothing("SHA-1", DigestMethod.SHA1),
                ofNothing("SHA-256", DigestMethod.SHA256),
                ofNothing("SHA-384", DigestMethod.SHA384),
                ofNothing("SHA-512", DigestMethod.SHA512));
    }

    private static Attack ofNothing(String algorithm, String method) {
        return sealed(
                "relative namespace and the digest of nothing by " + algorithm,
                AssertionFlaw.DIGEST,
                signature -> signature.digestMethod(method).digest(hashOfNothing(algorithm)),
                relative("NameID"));
    }

    private static UnaryOperator<Document> relative(String place) {
        return at(place, element -> element.setAttributeNS("http://www.w3.org/2000/xmlns/", "xmlns:v", "a/b/c"));
    }

    /** CVE-2024-45409: a digest of what is forged, where a search over the whole document finds it first. */
    private static Stream<Attack> smuggled() {
        return Stream.of(
                edited(
                        "digest in extensions",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        smuggled("Status", DigestAttacks::beforeInExtensions)),
                edited(
                        "digest in the status's detail",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        smuggled("Status", DigestAttacks::inDetail)),
                edited(
                        "digest in the key's information",
                        AssertionFlaw.SIGNATURE,
                        smuggled("KeyInfo", Node::appendChild)),
                edited(
                        "digest beside the good one",
                        AssertionFlaw.REFERENCE,
                        smuggled("DigestValue", DigestAttacks::before)));
    }

    private static UnaryOperator<Document> smuggled(String place, BiConsumer<Element, Element> insertion) {
        return document -> {
            Element signature = Forgery.signature(Edits.find(document, "Assertion"));
            Element digest = (Element)
                    signature.getElementsByTagNameNS(SIGNATURE, "DigestValue").item(0);
            Edits.find(document, "NameID").setTextContent(Forgery.NAME);
            insertion.accept(Edits.find(document, place), digest);
            return document;
        };
    }

    private static void beforeInExtensions(Element present, Element digest) {
        Element extensions = Edits.newElement(present, PROTOCOL, "samlp:Extensions");
        extensions.appendChild(digest);
        before(present, extensions);
    }

    private static void inDetail(Element status, Element digest) {
        Element detail = Edits.newElement(status, PROTOCOL, "samlp:StatusDetail");
        detail.appendChild(digest);
        status.appendChild(detail);
    }

    private static void before(Element present, Element added) {
        present.getParentNode().insertBefore(added, present);
    }

    /** CVE-2025-29774, CVE-2025-29775: what is verified is one, and what is compared with is another. */
    private static Stream<Attack> doubled() {
        return Stream.of(
                edited(
                        "forged signed information after the good one",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        document -> forged(
                                document, (good, bad) -> good.getParentNode().appendChild(bad))),
                edited(
                        "forged signed information before the good one",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        document -> forged(document, DigestAttacks::before)),
                edited(
                        "forged signed information around the good one",
                        AssertionFlaw.SIGNED_INFO_CONTENT,
                        document -> forged(document, (good, bad) -> {
                            before(good, bad);
                            bad.appendChild(good);
                        })),
                edited(
                        "good signed information in an object",
                        AssertionFlaw.SIGNATURE_PLACE,
                        document -> forged(document, (good, bad) -> {
                            before(good, bad);
                            Element object = Edits.newElement(good, SIGNATURE, "ds:Object");
                            good.getParentNode().appendChild(object);
                            object.appendChild(good);
                        })),
                edited(
                        "forged reference after the good one",
                        AssertionFlaw.SIGNED_INFO_CONTENT,
                        document -> forged(document, (good, bad) -> good.appendChild(Forgery.part(bad, "Reference")))),
                edited(
                        "forged signature beside the good one",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        at(
                                "Assertion",
                                assertion -> before(Forgery.part(assertion, "Subject"), Forgery.signature(assertion)))),
                edited(
                        "comment in the digest",
                        AssertionFlaw.FORBIDDEN_NODE,
                        at(
                                "DigestValue",
                                value -> value.insertBefore(
                                        value.getOwnerDocument().createComment("x"), value.getFirstChild()))),
                edited("element in the digest", AssertionFlaw.DIGEST, Edits.append("DigestValue", SIGNATURE, "ds:X")));
    }

    private static Document forged(Document document, BiConsumer<Element, Element> insertion) {
        Element assertion = Edits.find(document, "Assertion");
        Element bad = Forgery.part(Forgery.signature(assertion), "SignedInfo");
        Forgery.into(assertion);
        insertion.accept(Edits.find(document, "SignedInfo"), bad);
        return document;
    }

    private static byte[] hashOfNothing(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm).digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
