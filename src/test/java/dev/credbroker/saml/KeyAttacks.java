package dev.credbroker.saml;

import static dev.credbroker.saml.Attack.drafted;
import static dev.credbroker.saml.Attack.edited;
import static dev.credbroker.saml.Attack.sealed;
import static dev.credbroker.saml.Edits.at;
import static dev.credbroker.saml.Elements.SIGNATURE;
import static dev.credbroker.simulator.idp.SamlSignatureAlgorithm.ECDSA_SHA256;
import static dev.credbroker.simulator.idp.SamlSignatureAlgorithm.RSA_SHA256;

import dev.credbroker.simulator.idp.SamlKey;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.interfaces.RSAPublicKey;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.SignatureMethod;
import org.w3c.dom.Element;

/** Signatures that are none, or that somebody else can make. */
final class KeyAttacks {

    private static final String HMAC_SHA256 = "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256";

    private KeyAttacks() {}

    static Stream<Attack> all() {
        return Stream.of(stripped(), strangers(), symmetric(), weak()).flatMap(Function.identity());
    }

    private static Stream<Attack> stripped() {
        return Stream.of(
                edited("signature taken away", AssertionFlaw.SIGNATURE_PLACE, Edits.remove("Signature")),
                edited(
                        "signature taken away, another person",
                        AssertionFlaw.SIGNATURE_PLACE,
                        at("Assertion", assertion -> {
                            assertion.removeChild(Forgery.part(assertion, "Signature"));
                            Forgery.into(assertion);
                        })),
                edited(
                        "signature of the assertion taken away from under that of the response",
                        AssertionFlaw.SIGNATURE,
                        draft -> draft.signed(SignedParts.BOTH),
                        at("Assertion", assertion -> assertion.removeChild(Forgery.part(assertion, "Signature")))),
                edited(
                        "signature of the response only, and another person",
                        AssertionFlaw.SIGNATURE,
                        draft -> draft.signed(SignedParts.RESPONSE),
                        Edits.text("NameID", Forgery.NAME)),
                edited(
                        "signature without content",
                        AssertionFlaw.SIGNATURE_CONTENT,
                        at("Signature", signature -> signature.setTextContent(""))),
                edited("signature without a value", AssertionFlaw.SIGNATURE, Edits.text("SignatureValue", "")),
                edited("person changed", AssertionFlaw.SIGNATURE, Edits.text("NameID", Forgery.NAME)),
                edited("role changed", AssertionFlaw.SIGNATURE, Edits.text("AttributeValue", Forgery.ROLE)));
    }

    private static Stream<Attack> strangers() {
        return Stream.of(
                by("stranger's RSA key, its certificate in the key's information", Strangers.RSA, RSA_SHA256),
                by("stranger's ECDSA key, its certificate in the key's information", Strangers.ECDSA, ECDSA_SHA256),
                by("stranger's RSA key of 1024 bits", Strangers.WEAK, RSA_SHA256),
                new Attack(
                        "stranger's key under the provider's certificate",
                        AssertionFlaw.SIGNATURE,
                        target -> target.response().encode(),
                        target -> target.response()
                                .signedWith(Strangers.posingAs(target.key()))
                                .encode()),
                edited("stranger's signature on the response", AssertionFlaw.SIGNATURE, document -> {
                    new OddSignature(Strangers.RSA).sign(document.getDocumentElement());
                    return document;
                }),
                pointing("retrieval method", SIGNATURE, "ds:RetrievalMethod", "http"),
                pointing("retrieval method with TLS", SIGNATURE, "ds:RetrievalMethod", "https"),
                pointing(
                        "reference to the key's information",
                        "http://www.w3.org/2009/xmldsig11#",
                        "dsig11:KeyInfoReference",
                        "http"));
    }

    private static Attack by(String name, SamlKey stranger, SamlSignatureAlgorithm algorithm) {
        return drafted(
                name,
                AssertionFlaw.SIGNATURE,
                draft -> draft.algorithm(algorithm),
                draft -> draft.signedWith(stranger));
    }

    private static Attack pointing(String name, String namespace, String element, String scheme) {
        return drafted(
                "stranger's key, by " + name,
                AssertionFlaw.SIGNATURE,
                UnaryOperator.identity(),
                draft -> draft.signedWith(Strangers.RSA).afterSigning(at("KeyInfo", info -> {
                    info.setTextContent("");
                    Element pointer = Edits.newElement(info, namespace, element);
                    pointer.setAttribute("URI", Bait.url(scheme));
                    pointer.setAttribute("Type", SIGNATURE + "X509Data");
                    info.appendChild(pointer);
                })));
    }

    /** For a symmetric signature, what everybody knows would be the secret. CVE-2009-0217 for the shortened one. */
    private static Stream<Attack> symmetric() {
        return Stream.of(
                hmac("the public key", key -> key.certificate().getPublicKey().getEncoded()),
                hmac("the certificate", KeyAttacks::der),
                hmac(
                        "the certificate as PEM",
                        key -> TrustedProvider.pem(key.certificate()).getBytes(StandardCharsets.US_ASCII)),
                hmac(
                        "the modulus",
                        key -> ((RSAPublicKey) key.certificate().getPublicKey())
                                .getModulus()
                                .toByteArray()),
                edited("HMAC of no length", AssertionFlaw.SIGNATURE_METHOD, at("SignatureMethod", method -> {
                    method.setAttribute("Algorithm", SignatureMethod.HMAC_SHA1);
                    Element length = Edits.newElement(method, SIGNATURE, "ds:HMACOutputLength");
                    length.setTextContent("0");
                    method.appendChild(length);
                })));
    }

    private static Attack hmac(String name, Function<SamlKey, byte[]> secret) {
        return sealed(
                "HMAC by " + name, AssertionFlaw.SIGNATURE_METHOD, signature -> signature.hmac(HMAC_SHA256, secret));
    }

    private static Stream<Attack> weak() {
        return Stream.of(
                sealed(
                        "signature with SHA-1",
                        AssertionFlaw.SIGNATURE_METHOD,
                        signature -> signature.method(SignatureMethod.RSA_SHA1)),
                sealed(
                        "PSS signature with SHA-1",
                        AssertionFlaw.SIGNATURE_METHOD,
                        signature -> signature.method("http://www.w3.org/2007/05/xmldsig-more#sha1-rsa-MGF1")),
                sealed(
                        "digest with SHA-1",
                        AssertionFlaw.DIGEST,
                        signature -> signature.digestMethod(DigestMethod.SHA1)),
                edited(
                        "canonicalization with comments",
                        AssertionFlaw.CANONICALIZATION,
                        Edits.set(
                                "CanonicalizationMethod",
                                "Algorithm",
                                CanonicalizationMethod.EXCLUSIVE_WITH_COMMENTS)));
    }

    private static byte[] der(SamlKey key) {
        try {
            return key.certificate().getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
