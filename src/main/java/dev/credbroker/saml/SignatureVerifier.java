package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.ASSERTION_UNSIGNED;
import static dev.credbroker.saml.AssertionFlaw.SIGNATURE;
import static dev.credbroker.saml.AssertionFlaw.SIGNED_CONTENT;
import static dev.credbroker.saml.FlawedAssertion.unless;

import java.io.IOException;
import java.io.InputStream;
import java.security.NoSuchProviderException;
import java.security.PublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.xml.crypto.MarshalException;
import javax.xml.crypto.dsig.Reference;
import javax.xml.crypto.dsig.XMLSignature;
import javax.xml.crypto.dsig.XMLSignatureException;
import javax.xml.crypto.dsig.XMLSignatureFactory;
import javax.xml.crypto.dsig.dom.DOMValidateContext;
import org.w3c.dom.Element;

/**
 * Whether a response was signed with one of its provider's keys, and what exactly was signed.
 *
 * <p>Keys come from the configuration only: {@code KeyInfo} is taken out before the JDK sees the signature. What is handed on is parsed from
 * the octets whose digest was signed, so that no difference between signing and reading can remain.
 */
final class SignatureVerifier {

    // The JDK's code logs the octets that it digests, which are the assertion, at FINE. Held here, since the
    // log manager forgets the level of a logger that nobody holds.
    static final List<Logger> QUIET =
            List.of(quiet("org.jcp.xml.dsig.internal"), quiet("com.sun.org.apache.xml.internal.security"));

    private final Supplier<XMLSignatureFactory> signatures;

    /** @param signatures a new one for each use: they may not be shared between threads */
    SignatureVerifier(Supplier<XMLSignatureFactory> signatures) {
        this.signatures = signatures;
    }

    /** With the JDK's own XML Signature code, named so that no other can take its place. */
    static SignatureVerifier ofJdk() {
        return new SignatureVerifier(SignatureVerifier::jdk);
    }

    static XMLSignatureFactory jdk() {
        try {
            return XMLSignatureFactory.getInstance("DOM", "XMLDSig");
        } catch (NoSuchProviderException e) {
            throw new IllegalStateException("the JDK has the provider XMLDSig", e);
        }
    }

    /** @param responseSuffices whether a signature on the response makes up for none on the assertion */
    SignedResponse verify(ReceivedResponse received, List<PublicKey> keys, boolean responseSuffices)
            throws FlawedAssertion {
        Optional<Element> onResponse = received.responseSignature();
        Optional<Element> onAssertion = received.assertionSignature();
        unless(onAssertion.isPresent() || (responseSuffices && onResponse.isPresent()), ASSERTION_UNSIGNED);

        // The response first: its octets include the signature on the assertion, from which KeyInfo is taken next.
        Element envelope =
                onResponse.isPresent() ? signed(received.response(), onResponse.get(), keys) : received.response();
        Element assertion = onAssertion.isPresent()
                ? signed(received.assertion(), onAssertion.get(), keys)
                : Elements.child(envelope, Elements.ASSERTION, "Assertion").orElseThrow();
        return new SignedResponse(assertion, envelope, onResponse.isPresent());
    }

    /** The element as it was signed. */
    private Element signed(Element element, Element signature, List<PublicKey> keys) throws FlawedAssertion {
        return asSigned(octets(element, signature, keys), element);
    }

    /** The octets that one of the keys has signed as {@code element}. */
    byte[] octets(Element element, Element signature, List<PublicKey> keys) throws FlawedAssertion {
        element.setIdAttributeNS(null, "ID", true);
        Elements.child(signature, Elements.SIGNATURE, "KeyInfo").ifPresent(signature::removeChild);
        for (PublicKey key : keys) {
            Optional<byte[]> octets = digested(signature, key);
            if (octets.isPresent()) {
                return octets.get();
            }
        }
        throw new FlawedAssertion(SIGNATURE);
    }

    /** The octets that were digested, if {@code key} made the signature over them. */
    private Optional<byte[]> digested(Element signature, PublicKey key) {
        DOMValidateContext context = new DOMValidateContext(key, signature);
        context.setProperty("org.jcp.xml.dsig.secureValidation", true);
        context.setProperty("javax.xml.crypto.dsig.cacheReference", true);
        try {
            XMLSignature unmarshalled = signatures.get().unmarshalXMLSignature(context);
            return unmarshalled.validate(context)
                    ? digested(unmarshalled.getSignedInfo().getReferences().getFirst())
                    : Optional.empty();
        } catch (MarshalException | XMLSignatureException e) {
            return Optional.empty(); // Not with this key, or not canonicalizable: not good.
        }
    }

    private static Optional<byte[]> digested(Reference reference) throws XMLSignatureException {
        try (InputStream octets = reference.getDigestInputStream()) {
            return octets == null ? Optional.empty() : Optional.of(octets.readAllBytes());
        } catch (IOException e) {
            throw new XMLSignatureException(e);
        }
    }

    /** What was signed, which must be the element whose signature it is. */
    static Element asSigned(byte[] octets, Element received) throws FlawedAssertion {
        try {
            Element signed = StrictXml.parse(octets).getDocumentElement();
            unless(Elements.is(signed, received.getNamespaceURI(), received.getLocalName()), SIGNED_CONTENT);
            unless(Elements.hasAttribute(signed, "ID", received.getAttributeNS(null, "ID")), SIGNED_CONTENT);
            ResponseGrammar.check(signed);
            return signed;
        } catch (StrictXml.NotXml e) {
            throw new FlawedAssertion(SIGNED_CONTENT);
        }
    }

    private static Logger quiet(String name) {
        Logger logger = Logger.getLogger(name);
        logger.setLevel(Level.INFO);
        return logger;
    }
}
