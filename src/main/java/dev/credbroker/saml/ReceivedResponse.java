package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.ASSERTION_COUNT;
import static dev.credbroker.saml.AssertionFlaw.ENCRYPTED;
import static dev.credbroker.saml.AssertionFlaw.NOT_A_RESPONSE;
import static dev.credbroker.saml.AssertionFlaw.NOT_XML;
import static dev.credbroker.saml.AssertionFlaw.SIGNATURE_PLACE;
import static dev.credbroker.saml.AssertionFlaw.STATUS;
import static dev.credbroker.saml.Elements.ASSERTION;
import static dev.credbroker.saml.Elements.PROTOCOL;
import static dev.credbroker.saml.Elements.SIGNATURE;
import static dev.credbroker.saml.FlawedAssertion.unless;

import dev.credbroker.secret.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/**
 * A response whose structure leaves no two ways of reading it, and about which nothing is believed yet.
 *
 * <p>The gate before all cryptography: one assertion, at most one signature on it and one on the response, each where SAML puts it, each identifier
 * once. What is signed and what is read can then only be the same.
 */
record ReceivedResponse(Element response, Element assertion) {

    static ReceivedResponse read(Secret samlResponse) throws FlawedAssertion {
        Document document = parse(Base64Text.decode(samlResponse));
        Census census = Census.of(document);
        census.checkSchemaInstance();
        Element response = document.getDocumentElement();
        checkResponse(response);
        Element assertion = theOnlyAssertion(census, response);
        checkStatus(response);
        census.checkIdentifiers();
        ReceivedResponse received = new ReceivedResponse(response, assertion);
        received.checkSignatures(census);
        return received;
    }

    /** What the assertion says who made it; to be compared again once the signature is known to be good. */
    String claimedIssuer() {
        return Elements.child(assertion, ASSERTION, "Issuer").orElseThrow().getTextContent();
    }

    Optional<Element> responseSignature() {
        return Elements.child(response, SIGNATURE, "Signature");
    }

    Optional<Element> assertionSignature() {
        return Elements.child(assertion, SIGNATURE, "Signature");
    }

    private static Document parse(byte[] octets) throws FlawedAssertion {
        try {
            return StrictXml.parse(octets);
        } catch (StrictXml.NotXml e) {
            throw new FlawedAssertion(NOT_XML);
        }
    }

    private static void checkResponse(Element root) throws FlawedAssertion {
        unless(Elements.is(root, PROTOCOL, "Response"), NOT_A_RESPONSE);
        unless(Elements.hasAttribute(root, "Version", "2.0"), NOT_A_RESPONSE);
        ResponseGrammar.check(root);
    }

    private static Element theOnlyAssertion(Census census, Element response) throws FlawedAssertion {
        unless(
                Stream.of("EncryptedAssertion", "EncryptedID", "EncryptedAttribute")
                        .allMatch(name -> census.named(name).isEmpty()),
                ENCRYPTED);
        List<Element> anywhere = census.named("Assertion");
        Optional<Element> inPlace = Elements.child(response, ASSERTION, "Assertion");
        unless(anywhere.size() == 1 && inPlace.isPresent(), ASSERTION_COUNT);
        return inPlace.orElseThrow();
    }

    private static void checkStatus(Element response) throws FlawedAssertion {
        Element status = Elements.child(response, PROTOCOL, "Status").orElseThrow();
        Element code = Elements.child(status, PROTOCOL, "StatusCode").orElseThrow();
        unless(Elements.hasAttribute(code, "Value", "urn:oasis:names:tc:SAML:2.0:status:Success"), STATUS);
        unless(Elements.children(code).isEmpty(), STATUS);
    }

    private void checkSignatures(Census census) throws FlawedAssertion {
        List<Element> inPlace = Stream.of(responseSignature(), assertionSignature())
                .flatMap(Optional::stream)
                .toList();
        unless(!inPlace.isEmpty() && census.named("Signature").size() == inPlace.size(), SIGNATURE_PLACE);
        unless(census.named("Object").isEmpty() && census.named("Manifest").isEmpty(), SIGNATURE_PLACE);
        for (Element signature : inPlace) {
            SignatureShape.check(signature);
        }
    }
}
