package dev.credbroker.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A text that must never be printed: a token, an assertion, a secret key, a session token.
 *
 * <p>Its {@link #toString()} says nothing of it, so that a log line, an exception or a record that holds one stays
 * clean. {@link #reveal()} is its only reader, and who may call that is checked by the architecture test.
 */
public final class Secret {

    private final String text;

    /** Not computed before it is asked for; twice by two threads does no harm. */
    private @Nullable String digest;

    private Secret(String text) {
        this.text = text;
    }

    public static Secret of(String text) {
        return new Secret(text);
    }

    /** The text itself: for the wire, the verifier and the digest, and for nobody else. */
    public String reveal() {
        return text;
    }

    /** The SHA-256 of its UTF-8 in 64 hexadecimal digits: tells whether two are the same, and nothing else. */
    public String digest() {
        String known = digest;
        if (known == null) {
            known = HexFormat.of().formatHex(Sha256.begin().digest(bytes()));
            digest = known;
        }
        return known;
    }

    /** How many UTF-16 characters there are; lengths are no secret, and limits are checked before anything is read. */
    public int length() {
        return text.length();
    }

    /** Compares in a time that depends on the length only. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return Fingerprint.of(this).hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
