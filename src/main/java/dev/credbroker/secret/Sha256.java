package dev.credbroker.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest of the house. */
public final class Sha256 {

    /** To copy it takes a tenth of the time that it takes to look one up. */
    private static final MessageDigest BLANK = blank();

    private Sha256() {}

    /** A digest that has seen nothing yet. */
    public static MessageDigest begin() {
        try {
            return (MessageDigest) BLANK.clone();
        } catch (CloneNotSupportedException e) {
            return blank();
        }
    }

    private static MessageDigest blank() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
