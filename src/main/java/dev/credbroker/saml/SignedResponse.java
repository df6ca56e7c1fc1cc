package dev.credbroker.saml;

import java.util.Optional;
import org.w3c.dom.Element;

/**
 * A response with a good signature, as two elements to read from.
 *
 * @param assertion parsed again from the very octets that were digested (XML Signature 8.1.3, "see what is signed"),
 *     or found in such a response
 * @param envelope the response around it: from signed octets too, if there is a signature on it; else as it was received. It can only
 *     speak against the assertion, never for it
 */
record SignedResponse(Element assertion, Element envelope, boolean envelopeSigned) {

    Optional<String> destination() {
        return Elements.attribute(envelope, "Destination");
    }

    Optional<String> inResponseTo() {
        return Elements.attribute(envelope, "InResponseTo");
    }

    Optional<Element> envelopeIssuer() {
        return Elements.child(envelope, Elements.ASSERTION, "Issuer");
    }
}
