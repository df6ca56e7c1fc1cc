package dev.credbroker.saml;

import org.w3c.dom.Element;

/** What an attacker wants to be believed: the same element with another identifier, another person and another role. */
final class Forgery {

    static final String NAME = "mallory";
    static final String ROLE = TrustedProvider.ROLE + "-Admin," + TrustedProvider.PROVIDER;

    private Forgery() {}

    /** A copy that nobody has signed. */
    static Element of(Element original) {
        return into(unsigned(original));
    }

    /** The element itself, whatever signature it carries. */
    static Element into(Element element) {
        element.setAttribute("ID", "_evil");
        set(element, "NameID", NAME);
        set(element, "AttributeValue", ROLE);
        return element;
    }

    /** A faithful copy without the signature. */
    static Element unsigned(Element original) {
        Element copy = (Element) original.cloneNode(true);
        copy.removeChild(part(copy, "Signature"));
        return copy;
    }

    /** A stranger's signature over what is forged: nobody trusts the key, but the digest is right. */
    static Element signature(Element original) {
        Element forged = of(original);
        original.getParentNode().appendChild(forged);
        new OddSignature(Strangers.RSA).sign(forged);
        original.getParentNode().removeChild(forged);
        return part(forged, "Signature");
    }

    /** The first child of this name. */
    static Element part(Element parent, String localName) {
        return Elements.children(parent).stream()
                .filter(child -> localName.equals(child.getLocalName()))
                .findFirst()
                .orElseThrow();
    }

    private static void set(Element below, String localName, String text) {
        below.getElementsByTagNameNS("*", localName).item(0).setTextContent(text);
    }
}
