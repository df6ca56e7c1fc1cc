package dev.credbroker.cache;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.secret.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A session in bytes: expiration in seconds, lifetime in nanoseconds, whether it is curtailed, the access key id with its
 * length, and the document, which is ASCII. The moment of exchange is expiration less lifetime.
 */
final class SessionBytes {

    private static final int FIXED = Long.BYTES + Long.BYTES + Byte.BYTES + Short.BYTES;

    private SessionBytes() {}

    static byte[] of(HeldSession session) {
        CredentialDocument document = session.credentials();
        byte[] id = document.accessKeyId().getBytes(StandardCharsets.UTF_8);
        byte[] json = document.json().reveal().getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(FIXED + id.length + json.length)
                .putLong(document.expiration().getEpochSecond())
                .putLong(session.lifetime().toNanos())
                .put((byte) (session.curtailed() ? 1 : 0))
                .putShort((short) id.length)
                .put(id)
                .put(json)
                .array();
    }

    /** Absent where they are no session: they were sealed by a replica, but perhaps of another version. */
    static Optional<HeldSession> read(byte[] bytes) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            Instant expiration = Instant.ofEpochSecond(buffer.getLong());
            Duration lifetime = Duration.ofNanos(buffer.getLong());
            boolean curtailed = buffer.get() != 0;
            String id = new String(taken(buffer, Short.toUnsignedInt(buffer.getShort())), StandardCharsets.UTF_8);
            Secret json = Secret.of(new String(taken(buffer, buffer.remaining()), StandardCharsets.US_ASCII));
            return Optional.of(new HeldSession(new CredentialDocument(id, json, expiration), lifetime, curtailed));
        } catch (BufferUnderflowException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static byte[] taken(ByteBuffer buffer, int count) {
        byte[] bytes = new byte[Math.min(count, buffer.remaining() + 1)];
        buffer.get(bytes);
        return bytes;
    }
}
