package dev.credbroker.saml;

import static dev.credbroker.saml.Elements.EXCLUSIVE_C14N;
import static dev.credbroker.saml.Elements.SIGNATURE;
import static dev.credbroker.saml.TrustedProvider.check;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static dev.credbroker.saml.TrustedProvider.response;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Each case would end as {@code SIGNATURE} if its own check were missing, since the change breaks the signature, too. */
class SignatureShapeTest {

    private static final String ENVELOPED = SIGNATURE + "enveloped-signature";

    static Stream<Arguments> forms() {
        return Stream.of(
                form("place: none at all", AssertionFlaw.SIGNATURE_PLACE, Edits.remove("Signature")),
                form(
                        "place: a second one in a signature",
                        AssertionFlaw.SIGNATURE_PLACE,
                        Edits.append("KeyInfo", SIGNATURE, "ds:Signature")),
                form(
                        "place: one of another namespace",
                        AssertionFlaw.SIGNATURE_PLACE,
                        Edits.append("KeyInfo", "urn:other", "x:Signature")),
                form(
                        "place: at the end of the assertion",
                        AssertionFlaw.UNEXPECTED_CONTENT,
                        Edits.at(
                                "Signature",
                                signature -> signature.getParentNode().appendChild(signature))),
                form("place: two side by side", AssertionFlaw.UNEXPECTED_CONTENT, Edits.duplicate("Signature")),
                form(
                        "place: an object",
                        AssertionFlaw.SIGNATURE_PLACE,
                        Edits.append("Signature", SIGNATURE, "ds:Object")),
                form(
                        "place: a manifest",
                        AssertionFlaw.SIGNATURE_PLACE,
                        Edits.append("KeyInfo", SIGNATURE, "ds:Manifest")),
                form("content: no value", AssertionFlaw.SIGNATURE_CONTENT, Edits.remove("SignatureValue")),
                form("content: two values", AssertionFlaw.SIGNATURE_CONTENT, Edits.duplicate("SignatureValue")),
                form("content: two signed infos", AssertionFlaw.SIGNATURE_CONTENT, Edits.duplicate("SignedInfo")),
                form("content: two key infos", AssertionFlaw.SIGNATURE_CONTENT, Edits.duplicate("KeyInfo")),
                form(
                        "content: something else instead of key info",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        Edits.remove("KeyInfo").andThen(Edits.append("Signature", SIGNATURE, "ds:Other"))::apply),
                form(
                        "content: a value with elements",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        Edits.append("SignatureValue", SIGNATURE, "ds:Other")),
                form("content: text", AssertionFlaw.SIGNATURE_CONTENT, addText("Signature")),
                form("signed info: two references", AssertionFlaw.SIGNED_INFO_CONTENT, Edits.duplicate("Reference")),
                form("signed info: no method", AssertionFlaw.SIGNED_INFO_CONTENT, Edits.remove("SignatureMethod")),
                form(
                        "signed info: another order",
                        AssertionFlaw.SIGNED_INFO_CONTENT,
                        Edits.at(
                                "SignatureMethod",
                                method -> method.getParentNode().appendChild(method))),
                form("signed info: text", AssertionFlaw.SIGNED_INFO_CONTENT, addText("SignedInfo")),
                form("reference: text", AssertionFlaw.REFERENCE, addText("Reference")),
                form(
                        "method: a parameter",
                        AssertionFlaw.SIGNATURE_METHOD,
                        Edits.append("SignatureMethod", SIGNATURE, "ds:HMACOutputLength")),
                form("reference: to the response", AssertionFlaw.REFERENCE, SignatureShapeTest::referToResponse),
                form("reference: without an identifier", AssertionFlaw.REFERENCE, Edits.unset("Reference", "URI")),
                form("reference: no transforms", AssertionFlaw.REFERENCE, Edits.remove("Transforms")),
                form("reference: two values", AssertionFlaw.REFERENCE, Edits.duplicate("DigestValue")),
                form("transforms: only one", AssertionFlaw.TRANSFORMS, Edits.remove("Transform")),
                form("transforms: three", AssertionFlaw.TRANSFORMS, Edits.duplicate("Transform")),
                form(
                        "transforms: the other order",
                        AssertionFlaw.TRANSFORMS,
                        Edits.at(
                                "Transform",
                                transform -> transform.getParentNode().appendChild(transform))),
                form("transforms: text", AssertionFlaw.TRANSFORMS, addText("Transforms")),
                form("transforms: text in the first", AssertionFlaw.TRANSFORMS, addText("Transform")),
                form(
                        "transforms: text in the second",
                        AssertionFlaw.TRANSFORMS,
                        Edits.at("Transform", 1, SignatureShapeTest::addText)),
                form("canonicalization: text", AssertionFlaw.CANONICALIZATION, addText("CanonicalizationMethod")),
                form(
                        "transforms: a parameter of the first",
                        AssertionFlaw.TRANSFORMS,
                        Edits.append("Transform", SIGNATURE, "ds:XPath")),
                form("digest: a parameter", AssertionFlaw.DIGEST, Edits.append("DigestMethod", SIGNATURE, "ds:Other")),
                form(
                        "digest: a value with elements",
                        AssertionFlaw.DIGEST,
                        Edits.append("DigestValue", SIGNATURE, "ds:Other")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forms")
    void signature_ofAnotherForm_isRefused(String name, AssertionFlaw flaw, UnaryOperator<Document> change) {
        assertThat(flaw(response().afterSigning(change))).as(name).isEqualTo(flaw);
    }

    @ParameterizedTest
    @CsvSource({
        "SignedInfo, SIGNATURE_CONTENT",
        "SignatureValue, SIGNATURE_CONTENT",
        "KeyInfo, SIGNATURE_CONTENT",
        "CanonicalizationMethod, SIGNED_INFO_CONTENT",
        "SignatureMethod, SIGNED_INFO_CONTENT",
        "Reference, SIGNED_INFO_CONTENT",
        "Transforms, TRANSFORMS",
        "Transform, TRANSFORMS",
        "DigestMethod, DIGEST",
        "DigestValue, DIGEST"
    })
    void part_ofAnotherNameOrNamespace_isRefused(String part, AssertionFlaw flaw) {
        var name = Edits.at(part, e -> e.getOwnerDocument().renameNode(e, SIGNATURE, "ds:Other"));
        var namespace = Edits.at(part, e -> e.getOwnerDocument().renameNode(e, "urn:other", part));

        assertThat(flaw(response().afterSigning(name))).isEqualTo(flaw);
        assertThat(flaw(response().afterSigning(namespace))).isEqualTo(flaw);
    }

    @Test
    void reference_toAnAssertionWithoutIdentifier_isRefused() {
        UnaryOperator<Document> unnamed = Edits.unset("Assertion", "ID");
        UnaryOperator<Document> toNothing = Edits.set("Reference", "URI", "#");

        assertThat(flaw(response().afterSigning(document -> toNothing.apply(unnamed.apply(document)))))
                .isEqualTo(AssertionFlaw.REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2001/10/xml-exc-c14n#WithComments",
                "http://www.w3.org/TR/2001/REC-xml-c14n-20010315",
                "http://www.w3.org/2006/12/xml-c14n11",
                ""
            })
    void canonicalization_otherThanExclusive_isRefused(String algorithm) {
        assertThat(flaw(response().afterSigning(Edits.set("CanonicalizationMethod", "Algorithm", algorithm))))
                .isEqualTo(AssertionFlaw.CANONICALIZATION);
        assertThat(flaw(response().afterSigning(Edits.at("Transform", 1, t -> t.setAttribute("Algorithm", algorithm)))))
                .isEqualTo(AssertionFlaw.TRANSFORMS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2000/09/xmldsig#rsa-sha1",
                "http://www.w3.org/2000/09/xmldsig#dsa-sha1",
                "http://www.w3.org/2009/xmldsig11#dsa-sha256",
                "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
                "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256",
                "http://www.w3.org/2001/04/xmldsig-more#rsa-md5",
                "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1",
                "http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1",
                ""
            })
    void method_thatIsWeakOrSymmetric_isRefused(String algorithm) {
        assertThat(flaw(response().afterSigning(Edits.set("SignatureMethod", "Algorithm", algorithm))))
                .isEqualTo(AssertionFlaw.SIGNATURE_METHOD);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ENVELOPED + "x",
                "http://www.w3.org/TR/1999/REC-xslt-19991116",
                "http://www.w3.org/TR/1999/REC-xpath-19991116",
                "http://www.w3.org/2002/06/xmldsig-filter2",
                "http://www.w3.org/2000/09/xmldsig#base64"
            })
    void transform_otherThanEnveloped_isRefused(String algorithm) {
        assertThat(flaw(response().afterSigning(Edits.set("Transform", "Algorithm", algorithm))))
                .isEqualTo(AssertionFlaw.TRANSFORMS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "#", "#xpointer(/)", "#xpointer(id('x'))", "http://127.0.0.1:1/", "file:///etc/passwd"})
    void reference_toAnythingElse_isRefused(String uri) {
        assertThat(flaw(response().afterSigning(Edits.set("Reference", "URI", uri))))
                .isEqualTo(AssertionFlaw.REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://www.w3.org/2000/09/xmldsig#sha1",
                "http://www.w3.org/2001/04/xmldsig-more#md5",
                "http://www.w3.org/2001/04/xmldsig-more#sha224",
                ""
            })
    void digest_weakMethod_isRefused(String algorithm) {
        assertThat(flaw(response().afterSigning(Edits.set("DigestMethod", "Algorithm", algorithm))))
                .isEqualTo(AssertionFlaw.DIGEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", // SHA-256 of nothing
                " 47DEQpj8HBSa+/TImW+5JCeu\nQeRkm5NMpJWZG3hSuFU= ",
                "",
                "AAAA",
                "!",
                "4"
            })
    void digest_ofNothingOrOfAnotherLength_isRefused(String value) {
        assertThat(flaw(response().afterSigning(Edits.text("DigestValue", value))))
                .isEqualTo(AssertionFlaw.DIGEST);
    }

    @Test
    void digest_ofNothingBySha512_isRefused() {
        UnaryOperator<Document> method =
                Edits.set("DigestMethod", "Algorithm", "http://www.w3.org/2001/04/xmlenc#sha512");
        UnaryOperator<Document> value = Edits.text(
                "DigestValue",
                "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==");

        assertThat(flaw(response().afterSigning(document -> value.apply(method.apply(document)))))
                .isEqualTo(AssertionFlaw.DIGEST);
    }

    @Test
    void prefixList_inTheCanonicalization_isOneOfBoundedLength() {
        // A good one is refused for its signature alone: the provider did not sign it.
        assertThat(flaw(response().afterSigning(prefixes("p".repeat(999))))).isEqualTo(AssertionFlaw.SIGNATURE);
        assertThat(flaw(response().afterSigning(prefixes("p".repeat(1000))))).isEqualTo(AssertionFlaw.SIGNATURE);
        assertThat(flaw(response().afterSigning(prefixes("p".repeat(1001))))).isEqualTo(AssertionFlaw.CANONICALIZATION);
        assertThat(flaw(response()
                        .afterSigning(
                                document -> prefixes("a").apply(prefixes("b").apply(document)))))
                .isEqualTo(AssertionFlaw.CANONICALIZATION);
        assertThat(flaw(response()
                        .afterSigning(Edits.append("CanonicalizationMethod", SIGNATURE, "ds:InclusiveNamespaces"))))
                .isEqualTo(AssertionFlaw.CANONICALIZATION);
    }

    @Test
    void prefixList_withElements_isRefused() {
        UnaryOperator<Document> filled = Edits.both(
                prefixes("a"), Edits.append("InclusiveNamespaces", EXCLUSIVE_C14N, "ec:InclusiveNamespaces"));

        assertThat(flaw(response().afterSigning(filled))).isEqualTo(AssertionFlaw.CANONICALIZATION);
    }

    @Test
    void whiteSpace_betweenParts_isAllowed() {
        var edit = Edits.at("Signature", s -> s.appendChild(s.getOwnerDocument().createTextNode("\n")));

        assertThat(check(response().afterSigning(edit))).isInstanceOf(AssertionCheck.Genuine.class);
    }

    private static UnaryOperator<Document> prefixes(String list) {
        return Edits.at("CanonicalizationMethod", method -> {
            Element created = Edits.newElement(method, EXCLUSIVE_C14N, "ec:InclusiveNamespaces");
            created.setAttribute("PrefixList", list);
            method.appendChild(created);
        });
    }

    private static UnaryOperator<Document> addText(String place) {
        return Edits.at(place, SignatureShapeTest::addText);
    }

    private static void addText(Element element) {
        element.appendChild(element.getOwnerDocument().createTextNode("x"));
    }

    private static Document referToResponse(Document document) {
        String id = Edits.find(document, "Response").getAttribute("ID");
        Edits.find(document, "Reference").setAttribute("URI", "#" + id);
        return document;
    }

    private static Arguments form(String name, AssertionFlaw flaw, UnaryOperator<Document> change) {
        return Arguments.of(name, flaw, change);
    }
}
