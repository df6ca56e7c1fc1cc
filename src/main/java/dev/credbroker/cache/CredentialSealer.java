package dev.credbroker.cache;

import dev.credbroker.session.SessionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Seals sessions for a store that nobody trusts: AES-256-GCM with a random nonce of 96 bits and the session's key as
 * associated data, under names that tell nothing.
 *
 * <p>An entry is the version of this format, the key's id with its length, the nonce, and what is sealed. It opens only
 * under the name and for the session that it was sealed for: put in another's place, it is nobody's.
 *
 * <p>Random nonces allow 2^32 entries under one key (NIST SP 800-38D, section 8.3).
 */
final class CredentialSealer {

    /** What is longer is not read. AWS promises no length for session tokens; the longest seen have some 4 KB. */
    static final int LONGEST_ENTRY = 64 * 1024;

    private static final byte VERSION = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final List<SealingKey> keys;
    private final SecureRandom random;

    /** @param keys not empty; the first seals, all open */
    CredentialSealer(List<SealingKey> keys, SecureRandom random) {
        this.keys = List.copyOf(keys);
        this.random = random;
    }

    /** Where a session's entry may be, one name for each key: the first is where it is put. */
    List<String> names(SessionKey key) {
        return keys.stream().map(under -> name(under, "session", key)).toList();
    }

    /** Where the lease for a session is. */
    String leaseName(SessionKey key) {
        return name(keys.getFirst(), "lease", key);
    }

    byte[] seal(SessionKey key, HeldSession session) {
        SealingKey under = keys.getFirst();
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = head(under);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, under, head, nonce, key).doFinal(SessionBytes.of(session));
            return ByteBuffer.allocate(head.length + NONCE + sealed.length)
                    .put(head)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    /**
     * The session in {@code entry}; absent if it is not one that was sealed for {@code key} under this key.
     *
     * @param index of the name in {@link #names} under which the entry was
     */
    Optional<HeldSession> open(SessionKey key, int index, byte[] entry) {
        SealingKey under = keys.get(index);
        byte[] head = head(under);
        int body = head.length + NONCE;
        if (entry.length > LONGEST_ENTRY
                || entry.length < body + TAG_BITS / Byte.SIZE
                || !Arrays.equals(entry, 0, head.length, head, 0, head.length)) {
            return Optional.empty();
        }
        try {
            byte[] nonce = Arrays.copyOfRange(entry, head.length, body);
            return SessionBytes.read(
                    cipher(Cipher.DECRYPT_MODE, under, head, nonce, key).doFinal(entry, body, entry.length - body));
        } catch (AEADBadTagException e) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES-GCM", e);
        }
    }

    private static Cipher cipher(int mode, SealingKey under, byte[] head, byte[] nonce, SessionKey key)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, under.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(head);
        cipher.updateAAD(bytes(key));
        return cipher;
    }

    private static byte[] head(SealingKey under) {
        byte[] id = under.id().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(2 + id.length)
                .put(VERSION)
                .put((byte) id.length)
                .put(id)
                .array();
    }

    private static String name(SealingKey under, String what, SessionKey key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(under.naming());
            mac.update((what + ' ').getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(key)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }

    private static byte[] bytes(SessionKey key) {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(key.first())
                .putLong(key.second())
                .putLong(key.third())
                .putLong(key.fourth())
                .array();
    }
}
