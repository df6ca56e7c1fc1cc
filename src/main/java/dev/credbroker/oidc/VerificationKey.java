package dev.credbroker.oidc;

import java.security.PublicKey;

/** A key of an issuer, and the one algorithm that it serves (RFC 8725, section 3.1). */
record VerificationKey(String id, JwsAlgorithm algorithm, PublicKey key) {

    private static final int LONGEST_ID = 256;

    /** RFC 7517 knows no limit; no issuer needs more, and unknown ones are remembered. */
    static boolean fitsId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID;
    }

    /** The header's algorithm must be the key's; it never chooses. */
    boolean verifies(JwsAlgorithm claimed, CompactJwt jwt) {
        return claimed == algorithm && algorithm.verifies(key, jwt.signed(), jwt.signature());
    }
}
