package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.CANONICALIZATION;
import static dev.credbroker.saml.AssertionFlaw.DIGEST;
import static dev.credbroker.saml.AssertionFlaw.REFERENCE;
import static dev.credbroker.saml.AssertionFlaw.SIGNATURE_CONTENT;
import static dev.credbroker.saml.AssertionFlaw.SIGNATURE_METHOD;
import static dev.credbroker.saml.AssertionFlaw.SIGNED_INFO_CONTENT;
import static dev.credbroker.saml.AssertionFlaw.TRANSFORMS;
import static dev.credbroker.saml.Elements.EXCLUSIVE_C14N;
import static dev.credbroker.saml.FlawedAssertion.unless;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.w3c.dom.Element;

/**
 * The only form of signature that SAML allows (Core 5.4), with algorithms that are sound today: one reference, to the very element
 * that carries the signature; enveloped, exclusively canonicalized, SHA-2.
 *
 * <p>Judged before any cryptography, so that nothing exotic ever reaches the XML Signature code of the JDK.
 */
final class SignatureShape {

    private static final String XMLDSIG = Elements.SIGNATURE;
    private static final String XMLENC = "http://www.w3.org/2001/04/xmlenc#";
    private static final String RFC4051 = "http://www.w3.org/2001/04/xmldsig-more#";
    private static final String RFC6931 = "http://www.w3.org/2007/05/xmldsig-more#";

    /** Without SHA-1, and without HMAC: for that one the public key would be the secret. */
    private static final Set<String> SIGNATURE_METHODS = Set.of(
            RFC4051 + "rsa-sha256",
            RFC4051 + "rsa-sha384",
            RFC4051 + "rsa-sha512",
            RFC6931 + "sha256-rsa-MGF1",
            RFC6931 + "sha384-rsa-MGF1",
            RFC6931 + "sha512-rsa-MGF1",
            RFC4051 + "ecdsa-sha256",
            RFC4051 + "ecdsa-sha384",
            RFC4051 + "ecdsa-sha512");

    private static final Map<String, String> DIGEST_METHODS =
            Map.of(XMLENC + "sha256", "SHA-256", RFC4051 + "sha384", "SHA-384", XMLENC + "sha512", "SHA-512");

    private static final String ENVELOPED = XMLDSIG + "enveloped-signature";
    private static final int LONGEST_PREFIX_LIST = 1_000;

    private SignatureShape() {}

    /** @param signature a direct child of the element that it signs */
    static void check(Element signature) throws FlawedAssertion {
        List<Element> parts = Elements.children(signature);
        boolean keyInfo = parts.size() == 3 && isSignature(parts.get(2), "KeyInfo");
        unless(parts.size() == 2 || keyInfo, SIGNATURE_CONTENT);
        unless(isSignature(parts.get(0), "SignedInfo"), SIGNATURE_CONTENT);
        unless(isSignature(parts.get(1), "SignatureValue"), SIGNATURE_CONTENT);
        unless(ResponseGrammar.onlyWhiteSpace(signature) && isLeaf(parts.get(1)), SIGNATURE_CONTENT);
        checkSignedInfo(parts.get(0), (Element) signature.getParentNode());
    }

    private static void checkSignedInfo(Element signedInfo, Element signed) throws FlawedAssertion {
        List<Element> parts = Elements.children(signedInfo);
        unless(parts.size() == 3 && ResponseGrammar.onlyWhiteSpace(signedInfo), SIGNED_INFO_CONTENT);
        unless(isSignature(parts.get(0), "CanonicalizationMethod"), SIGNED_INFO_CONTENT);
        unless(isSignature(parts.get(1), "SignatureMethod"), SIGNED_INFO_CONTENT);
        unless(isSignature(parts.get(2), "Reference"), SIGNED_INFO_CONTENT);
        unless(isExclusiveC14n(parts.get(0)), CANONICALIZATION);
        unless(isLeaf(parts.get(1)) && SIGNATURE_METHODS.contains(algorithm(parts.get(1))), SIGNATURE_METHOD);
        checkReference(parts.get(2), signed);
    }

    private static void checkReference(Element reference, Element signed) throws FlawedAssertion {
        List<Element> parts = Elements.children(reference);
        String own = "#" + Elements.attribute(signed, "ID").orElse("");
        unless(own.length() > 1 && Elements.hasAttribute(reference, "URI", own), REFERENCE);
        unless(parts.size() == 3 && ResponseGrammar.onlyWhiteSpace(reference), REFERENCE);
        unless(isSignature(parts.get(0), "Transforms") && areTransforms(parts.get(0)), TRANSFORMS);
        unless(isSignature(parts.get(1), "DigestMethod") && isLeaf(parts.get(1)), DIGEST);
        unless(isSignature(parts.get(2), "DigestValue") && isLeaf(parts.get(2)), DIGEST);
        checkDigest(algorithm(parts.get(1)), parts.get(2).getTextContent());
    }

    private static boolean areTransforms(Element transforms) {
        List<Element> parts = Elements.children(transforms);
        return parts.size() == 2
                && ResponseGrammar.onlyWhiteSpace(transforms)
                && parts.stream().allMatch(part -> isSignature(part, "Transform"))
                && algorithm(parts.get(0)).equals(ENVELOPED)
                && isLeaf(parts.get(0))
                && ResponseGrammar.onlyWhiteSpace(parts.get(0))
                && isExclusiveC14n(parts.get(1));
    }

    /** Exclusive canonicalization without comments; prefixes in its list are treated as inclusive ones (exc-c14n 3). */
    private static boolean isExclusiveC14n(Element method) {
        List<Element> parts = Elements.children(method);
        return algorithm(method).equals(EXCLUSIVE_C14N)
                && ResponseGrammar.onlyWhiteSpace(method)
                && parts.size() <= 1
                && parts.stream().allMatch(SignatureShape::isPrefixList);
    }

    private static boolean isPrefixList(Element list) {
        return Elements.is(list, EXCLUSIVE_C14N, "InclusiveNamespaces")
                && isLeaf(list)
                && Elements.attribute(list, "PrefixList").orElse("").length() <= LONGEST_PREFIX_LIST;
    }

    /**
     * The digest of nothing is what a canonicalization that failed unnoticed leaves behind; signatures over it are in
     * circulation and can be reused (CVE-2025-66568 and others).
     */
    private static void checkDigest(String method, String value) throws FlawedAssertion {
        Optional<String> name = Optional.ofNullable(DIGEST_METHODS.get(method));
        unless(name.isPresent(), DIGEST);
        MessageDigest digest = digest(name.get());
        byte[] octets = decode(value);
        unless(octets.length == digest.getDigestLength(), DIGEST);
        unless(!MessageDigest.isEqual(octets, digest.digest()), DIGEST);
    }

    private static byte[] decode(String value) throws FlawedAssertion {
        try {
            return Base64.getDecoder().decode(value.replaceAll("[ \t\r\n]", ""));
        } catch (IllegalArgumentException e) {
            throw new FlawedAssertion(DIGEST);
        }
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has SHA-2", e);
        }
    }

    private static boolean isSignature(Element element, String localName) {
        return Elements.is(element, XMLDSIG, localName);
    }

    private static boolean isLeaf(Element element) {
        return Elements.children(element).isEmpty();
    }

    private static String algorithm(Element method) {
        return Elements.attribute(method, "Algorithm").orElse("");
    }
}
