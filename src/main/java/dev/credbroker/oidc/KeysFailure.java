package dev.credbroker.oidc;

/** Why an issuer's keys could not be fetched: a closed set, for health, metrics and logs. */
public enum KeysFailure {
    /** No connection, no TLS, or one that broke. */
    UNREACHABLE("unreachable"),
    TIMEOUT("timeout"),
    /** The server's answer was not a 200; a redirect is none. */
    STATUS("status"),
    TOO_LARGE("too-large"),
    /** The configured file with the bearer token cannot be read. */
    TOKEN_FILE("token-file"),
    /** The discovery document is none, or is another issuer's. */
    DISCOVERY("discovery"),
    /** Discovery names an address of keys that the configuration does not allow. */
    KEYS_ADDRESS("keys-address"),
    NOT_A_KEY_SET("not-a-key-set"),
    /** There is no key in the set that could be used; the keys that were there before are kept. */
    NO_USABLE_KEY("no-usable-key"),
    INTERNAL("internal");

    private final String text;

    KeysFailure(String text) {
        this.text = text;
    }

    /** In kebab case. */
    @Override
    public String toString() {
        return text;
    }
}
