package dev.credbroker.oidc;

/**
 * Why a JWT was rejected: for the audit log only. The client hears the same words whatever the flaw.
 *
 * <p>A closed set, so that it can be a metric's label.
 */
public enum JwtFlaw {
    TOO_LONG("too-long"),
    NOT_COMPACT("not-compact"),
    NOT_CANONICAL("not-canonical"),
    HEADER("header"),
    HEADER_MEMBER("header-member"),
    ALGORITHM("algorithm"),
    TYPE("type"),
    KEY_ID("key-id"),
    CLAIMS("claims"),
    ISSUER("issuer"),
    UNKNOWN_KEY("unknown-key"),
    SIGNATURE("signature"),
    BOUND_TO_A_KEY("bound-to-a-key"),
    AUDIENCE("audience"),
    AUTHORIZED_PARTY("authorized-party"),
    SUBJECT("subject"),
    EXPIRATION("expiration"),
    ISSUED_AT("issued-at"),
    NOT_BEFORE("not-before"),
    LIFETIME("lifetime"),
    UNREADABLE("unreadable");

    private final String text;

    JwtFlaw(String text) {
        this.text = text;
    }

    /** In kebab case, as the audit log writes it. */
    @Override
    public String toString() {
        return text;
    }
}
