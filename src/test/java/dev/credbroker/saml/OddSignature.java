package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlKey;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.DigestMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignatureMethod;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A signature over the assertion, as no honest provider makes it: of any form, and by any key. It starts as an honest one; whatever is
 * changed, the signature's value is good, so that only a look at its form can tell.
 */
final class OddSignature implements UnaryOperator<Document> {

    private final XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");
    private final SamlKey signer;
    private Key key;
    private String method = SignatureMethod.RSA_SHA256;
    private String digestMethod = DigestMethod.SHA256;
    private Optional<byte[]> digest = Optional.empty();
    private Optional<String> uri = Optional.empty();
    private List<Transform> transforms =
            List.of(transform(Transform.ENVELOPED, null), transform(CanonicalizationMethod.EXCLUSIVE, null));

    OddSignature(SamlKey signer) {
        this.signer = signer;
        this.key = signer.keys().getPrivate();
    }

    OddSignature method(String algorithm) {
        method = algorithm;
        return this;
    }

    OddSignature digestMethod(String algorithm) {
        digestMethod = algorithm;
        return this;
    }

    /** Instead of what the reference really leads to. */
    OddSignature digest(byte[] value) {
        digest = Optional.of(value);
        return this;
    }

    OddSignature reference(String address) {
        uri = Optional.of(address);
        return this;
    }

    /** In place of both that SAML asks for. */
    OddSignature transforms(String algorithm, @Nullable TransformParameterSpec parameters) {
        transforms = List.of(transform(algorithm, parameters));
        return this;
    }

    /** A symmetric signature, whose secret is what everybody knows of the signer. */
    OddSignature hmac(String algorithm, Function<SamlKey, byte[]> secret) {
        key = new SecretKeySpec(secret.apply(signer), "HMAC");
        return method(algorithm);
    }

    @Override
    public Document apply(Document document) {
        sign(Edits.find(document, "Assertion"));
        return document;
    }

    /** Signs an element that has an issuer and no signature yet. */
    void sign(Element element) {
        element.setIdAttribute("ID", true);
        Element afterIssuer = Elements.children(element).get(1);
        DOMSignContext context = new DOMSignContext(key, element, afterIssuer);
        context.setDefaultNamespacePrefix("ds");
        context.setProperty("org.jcp.xml.dsig.secureValidation", false);
        try {
            signatures
                    .newXMLSignature(signedInfo("#" + element.getAttribute("ID")), null)
                    .sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException("not to be signed with " + method, e);
        }
    }

    private SignedInfo signedInfo(String own) throws GeneralSecurityException {
        DigestMethod digesting = signatures.newDigestMethod(digestMethod, null);
        Reference reference = digest.isPresent()
                ? signatures.newReference(uri.orElse(own), digesting, transforms, null, null, digest.get())
                : signatures.newReference(uri.orElse(own), digesting, transforms, null, null);
        return signatures.newSignedInfo(
                signatures.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                signatures.newSignatureMethod(method, null),
                List.of(reference));
    }

    private Transform transform(String algorithm, @Nullable TransformParameterSpec parameters) {
        try {
            return signatures.newTransform(algorithm, parameters);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no such transform: " + algorithm, e);
        }
    }
}
