package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.util.List;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A response that others made, signed by the provider of {@link TrustedProvider}: the same elements as before, or the assertion
 * if none was. So its age and its algorithms no longer hide what else is to be said about it.
 */
final class SignedAnew {

    private SignedAnew() {}

    static SamlDraft of(Document document) {
        boolean response = unsign(document, "Response");
        boolean assertion = unsign(document, "Assertion");
        SignedParts parts =
                response && assertion ? SignedParts.BOTH : response ? SignedParts.RESPONSE : SignedParts.ASSERTION;
        return TrustedProvider.response().signed(parts).beforeSigning(_ -> document);
    }

    private static boolean unsign(Document document, String signed) {
        Element element = Edits.find(document, signed);
        List<Element> signatures =
                Elements.children(element, Elements.SIGNATURE, "Signature").toList();
        signatures.forEach(element::removeChild);
        return !signatures.isEmpty();
    }
}
