package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.NOT_BASE64;
import static dev.credbroker.saml.AssertionFlaw.TOO_LONG;

import dev.credbroker.secret.Secret;
import java.util.Base64;

/**
 * The octets behind a SAML response in base64 (Bindings 3.5.4): the alphabet of RFC 4648 section 4, line breaks allowed, one
 * spelling for each sequence of octets. Never inflated: the HTTP-POST binding knows no compression.
 */
final class Base64Text {

    /** In characters, line breaks included: what STS takes. */
    static final int LONGEST = 100_000;

    private Base64Text() {}

    static byte[] decode(Secret samlResponse) throws FlawedAssertion {
        FlawedAssertion.unless(samlResponse.length() <= LONGEST, TOO_LONG);
        String text = samlResponse.reveal().replace("\r", "").replace("\n", "");
        byte[] octets = decode(text);
        // Java's decoder accepts a tail without padding or with stray bits; only the encoder's own spelling counts.
        FlawedAssertion.unless(Base64.getEncoder().encodeToString(octets).equals(text), NOT_BASE64);
        return octets;
    }

    private static byte[] decode(String text) throws FlawedAssertion {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new FlawedAssertion(NOT_BASE64);
        }
    }
}
