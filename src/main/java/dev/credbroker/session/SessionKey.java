package dev.credbroker.session;

import dev.credbroker.secret.Sha256;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/**
 * The name of a session: the SHA-256 of everything in a {@link SessionSpec}, in four longs.
 *
 * <p>Two specs that differ in anything have different keys, since each part is written with its length and each list
 * with its size; what is absent is written unlike what is empty. The first byte is the version of this encoding.
 */
public record SessionKey(long first, long second, long third, long fourth) {

    private static final byte VERSION = 1;

    /** The key of {@code spec}; equal specs, equal keys. */
    public static SessionKey of(SessionSpec spec) {
        Encoder encoder = new Encoder();
        encoder.text(spec.operation().toString());
        encoder.text(spec.provider());
        encoder.text(spec.issuer());
        encoder.texts(spec.subject());
        encoder.text(spec.role().toString());
        encoder.optional(spec.samlProvider());
        encoder.text(Integer.toString(spec.duration().seconds()));
        encoder.optional(spec.sessionName());
        encoder.optional(spec.sourceIdentity());
        encoder.pairs(spec.tags().values());
        encoder.texts(spec.tags().transitive());
        encoder.optional(spec.policies().inline());
        encoder.texts(spec.policies().managed());
        encoder.optional(spec.externalId());
        encoder.text(spec.region().name());
        encoder.optional(spec.statement());
        return encoder.key();
    }

    /** All 64 hexadecimal digits. */
    @Override
    public String toString() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(first) + hex.toHexDigits(second) + hex.toHexDigits(third) + hex.toHexDigits(fourth);
    }

    /** Writes all into one text, a number as two units of it, and digests it at once. */
    private static final class Encoder {

        private static final int USUAL = 1024;

        private final StringBuilder units = new StringBuilder(USUAL);

        void text(String text) {
            number(text.length() * Character.BYTES);
            units.append(text);
        }

        void texts(Collection<String> texts) {
            number(texts.size());
            texts.forEach(this::text);
        }

        void pairs(Map<String, String> pairs) {
            number(pairs.size());
            pairs.forEach((name, value) -> {
                text(name);
                text(value);
            });
        }

        void optional(Optional<?> value) {
            number(value.isPresent() ? 1 : 0);
            value.ifPresent(present -> text(present.toString()));
        }

        SessionKey key() {
            MessageDigest digest = Sha256.begin();
            digest.update(VERSION);
            ByteBuffer key = ByteBuffer.wrap(digest.digest(Utf16.bytes(units)));
            return new SessionKey(key.getLong(), key.getLong(), key.getLong(), key.getLong());
        }

        private void number(int number) {
            units.append((char) (number >>> Character.SIZE)).append((char) number);
        }
    }
}
