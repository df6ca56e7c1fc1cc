package dev.credbroker.simulator.idp;

import java.security.GeneralSecurityException;
import java.util.List;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.CanonicalizationMethod;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.SignedInfo;
import javax.xml.crypto.dsig.Transform;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMSignContext;
import javax.xml.crypto.dsig.keyinfo.KeyInfo;
import javax.xml.crypto.dsig.keyinfo.KeyInfoFactory;
import javax.xml.crypto.dsig.spec.C14NMethodParameterSpec;
import javax.xml.crypto.dsig.spec.TransformParameterSpec;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Signs an element in the profile of SAML Core §5.4: enveloped, exclusive canonicalization, right after the issuer. */
final class SamlSigner {

    private final SamlKey key;
    private final SamlSignatureAlgorithm algorithm;
    private final XMLSignatureFactory signatures = XMLSignatureFactory.getInstance("DOM");

    SamlSigner(SamlKey key, SamlSignatureAlgorithm algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    void sign(Element element) {
        element.setIdAttribute("ID", true);
        DOMSignContext context = new DOMSignContext(key.keys().getPrivate(), element, afterIssuer(element));
        context.setDefaultNamespacePrefix("ds");
        try {
            signatures
                    .newXMLSignature(signedInfo(element.getAttribute("ID")), keyInfo())
                    .sign(context);
        } catch (GeneralSecurityException | MarshalException | XMLSignatureException e) {
            throw new IllegalStateException("not to be signed with " + algorithm, e);
        }
    }

    private SignedInfo signedInfo(String id) throws GeneralSecurityException {
        Reference reference = signatures.newReference(
                "#" + id,
                signatures.newDigestMethod(algorithm.digest(), null),
                List.of(transform(Transform.ENVELOPED), transform(CanonicalizationMethod.EXCLUSIVE)),
                null,
                null);
        return signatures.newSignedInfo(
                signatures.newCanonicalizationMethod(CanonicalizationMethod.EXCLUSIVE, (C14NMethodParameterSpec) null),
                signatures.newSignatureMethod(algorithm.method(), null),
                List.of(reference));
    }

    private Transform transform(String uri) throws GeneralSecurityException {
        return signatures.newTransform(uri, (TransformParameterSpec) null);
    }

    private KeyInfo keyInfo() {
        KeyInfoFactory infos = signatures.getKeyInfoFactory();
        return infos.newKeyInfo(List.of(infos.newX509Data(List.of(key.certificate()))));
    }

    private static Node afterIssuer(Element element) {
        Node issuer =
                element.getElementsByTagNameNS(SamlNames.ASSERTION, "Issuer").item(0);
        if (issuer == null || !element.isSameNode(issuer.getParentNode()) || issuer.getNextSibling() == null) {
            throw new IllegalStateException("no issuer to put the signature after");
        }
        return issuer.getNextSibling();
    }
}
