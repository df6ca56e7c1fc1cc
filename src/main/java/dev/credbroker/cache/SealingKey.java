package dev.credbroker.cache;

import dev.credbroker.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Pattern;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/**
 * One secret of 32 bytes, and what is derived from it (HKDF-SHA256, RFC 5869): a key that names entries and another that
 * seals them.
 */
final class SealingKey {

    private static final int SIZE = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final String id;
    private final SecretKey naming;
    private final SecretKey sealing;

    /**
     * @param id 1 to 32 of {@code [A-Za-z0-9._-]}; it stands readable in each entry
     * @param base64 32 random bytes
     * @throws IllegalArgumentException if it is no such key; the message quotes nothing of it
     */
    SealingKey(String id, Secret base64) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an id has 1 to 32 letters, digits, dots, hyphens or underscores");
        }
        byte[] secret = decoded(base64);
        this.id = id;
        this.naming = derived(secret, "HmacSHA256", "credential-broker entry names 1");
        this.sealing = derived(secret, "AES", "credential-broker entries 1");
    }

    String id() {
        return id;
    }

    SecretKey naming() {
        return naming;
    }

    SecretKey sealing() {
        return sealing;
    }

    @Override
    public String toString() {
        return id;
    }

    private static byte[] decoded(Secret base64) {
        byte[] secret;
        try {
            secret = Base64.getDecoder().decode(base64.reveal().strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("a key is 32 random bytes in base64: openssl rand -base64 32");
        }
        if (secret.length != SIZE) {
            throw new IllegalArgumentException(
                    "a key is 32 random bytes in base64, not " + secret.length + ": openssl rand -base64 32");
        }
        // Of 32 random bytes, 8 or fewer different ones do not come about: this is a pattern or a text of few letters.
        if (distinct(secret) <= 8) {
            throw new IllegalArgumentException(
                    "a key is 32 random bytes, which these are not: openssl rand -base64 32");
        }
        return secret;
    }

    private static int distinct(byte[] secret) {
        boolean[] seen = new boolean[256];
        int count = 0;
        for (byte one : secret) {
            if (!seen[one & 0xff]) {
                seen[one & 0xff] = true;
                count++;
            }
        }
        return count;
    }

    private static SecretKey derived(byte[] secret, String algorithm, String purpose) {
        try {
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey(
                            algorithm,
                            HKDFParameterSpec.ofExtract()
                                    .addIKM(Arrays.copyOf(secret, secret.length))
                                    .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), SIZE));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 25 has HKDF-SHA256", e);
        }
    }
}
