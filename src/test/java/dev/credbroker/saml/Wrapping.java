package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.ASSERTION_COUNT;
import static dev.credbroker.saml.AssertionFlaw.UNEXPECTED_CONTENT;
import static dev.credbroker.saml.Elements.PROTOCOL;
import static dev.credbroker.saml.Elements.SIGNATURE;
import static dev.credbroker.saml.Forgery.part;
import static dev.credbroker.saml.Forgery.unsigned;

import dev.credbroker.simulator.idp.SignedParts;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signature wrapping: the signed element is kept where the signature still finds it, and a forged one is put where a
 * reader looks. The eight classic forms, after Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be"
 * (USENIX Security 2012), as SAML Raider performs them; and a ninth with a {@code SignedInfo} for each of the two
 * (CVE-2019-3465 and its family).
 */
enum Wrapping implements UnaryOperator<Document> {
    XSW1(ASSERTION_COUNT, SignedParts.RESPONSE) {
        @Override
        void wrap(Element response) {
            Element original = unsigned(response);
            part(response, "Signature").appendChild(original);
            Forgery.into(response);
        }
    },
    XSW2(UNEXPECTED_CONTENT, SignedParts.RESPONSE) {
        @Override
        void wrap(Element response) {
            Element original = unsigned(response);
            response.insertBefore(original, part(response, "Signature"));
            Forgery.into(response);
        }
    },
    XSW3(ASSERTION_COUNT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            response.insertBefore(Forgery.of(assertion), assertion);
        }
    },
    XSW4(UNEXPECTED_CONTENT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            Element forged = Forgery.of(assertion);
            response.appendChild(forged);
            forged.appendChild(assertion);
        }
    },
    XSW5(ASSERTION_COUNT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            response.appendChild(unsigned(assertion));
            Forgery.into(assertion);
        }
    },
    XSW6(ASSERTION_COUNT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            Element original = unsigned(assertion);
            part(assertion, "Signature").appendChild(original);
            Forgery.into(assertion);
        }
    },
    XSW7(UNEXPECTED_CONTENT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            Element extensions = Edits.newElement(response, PROTOCOL, "samlp:Extensions");
            response.insertBefore(extensions, assertion);
            Element forged = Forgery.of(assertion);
            forged.setAttribute("ID", assertion.getAttribute("ID"));
            extensions.appendChild(forged);
        }
    },
    XSW8(ASSERTION_COUNT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            Element original = unsigned(assertion);
            Element object = Edits.newElement(response, SIGNATURE, "ds:Object");
            part(assertion, "Signature").appendChild(object);
            object.appendChild(original);
            Forgery.into(assertion);
        }
    },
    XSW9(UNEXPECTED_CONTENT, SignedParts.ASSERTION) {
        @Override
        void wrap(Element response) {
            Element assertion = part(response, "Assertion");
            Element wrapper = Edits.newElement(response, "urn:wrapper", "w:Wrapper");
            wrapper.appendChild(unsigned(assertion));
            response.insertBefore(wrapper, assertion);
            Element signature = part(assertion, "Signature");
            Element signedInfo = part(Forgery.signature(assertion), "SignedInfo");
            signature.insertBefore(signedInfo, part(signature, "KeyInfo"));
            Forgery.into(assertion);
        }
    };

    private final AssertionFlaw reason;
    private final SignedParts needed;

    Wrapping(AssertionFlaw reason, SignedParts needed) {
        this.reason = reason;
        this.needed = needed;
    }

    /** Which check sees it first. */
    AssertionFlaw reason() {
        return reason;
    }

    /** What may carry signatures for the attack to make sense. */
    Set<SignedParts> signed() {
        return Set.of(needed, SignedParts.BOTH);
    }

    abstract void wrap(Element response);

    @Override
    public Document apply(Document document) {
        wrap(document.getDocumentElement());
        return document;
    }
}
