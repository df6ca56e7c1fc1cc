package dev.credbroker.simulator.idp;

/** Which elements of a SAML response carry a signature of their own. */
public enum SignedParts {
    ASSERTION,
    RESPONSE,
    BOTH,
    NONE;

    boolean assertion() {
        return this == ASSERTION || this == BOTH;
    }

    boolean response() {
        return this == RESPONSE || this == BOTH;
    }
}
