package dev.credbroker.secret;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What logs and audit carry instead of a secret: the first 16 hexadecimal digits of its SHA-256.
 *
 * <p>Enough to see that two lines speak of the same token, too little to be one.
 */
public record Fingerprint(String digits) {

    private static final int BYTES = 8;

    public static Fingerprint of(Secret secret) {
        return new Fingerprint(secret.digest().substring(0, 2 * BYTES));
    }

    /** Of a text that is not secret but too long, or too personal, for a log line. */
    public static Fingerprint of(String text) {
        return new Fingerprint(
                HexFormat.of().formatHex(Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8)), 0, BYTES));
    }

    @Override
    public String toString() {
        return digits;
    }
}
