package dev.credbroker.simulator.sts;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Makes credentials, remembers them, and says of them what it was told to say. */
final class SessionIssuer {

    private static final String KEY_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int SECRET_BYTES = 30;
    private static final int TOKEN_BYTES = 480;

    private final AccessKeys keys;
    private final SecureRandom random = new SecureRandom();
    private volatile UnaryOperator<IssuedSession> told = UnaryOperator.identity();

    SessionIssuer(AccessKeys keys) {
        this.keys = keys;
    }

    /** What clients are told from now on; the session itself stays as it is. */
    void tell(UnaryOperator<IssuedSession> change) {
        told = change;
    }

    IssuedSession issue(Arn role, String name, Instant expiration, Optional<String> sourceIdentity, int packed) {
        IssuedSession session = new IssuedSession(
                "ASIA" + keyId(),
                base64(SECRET_BYTES),
                base64(TOKEN_BYTES),
                expiration.truncatedTo(ChronoUnit.SECONDS),
                roleId(role) + ":" + name,
                role.assumedBy(name),
                sourceIdentity,
                packed);
        keys.add(session.key());
        return told.apply(session);
    }

    /** The same for the same role, as IAM's unique ids are. */
    private static String roleId(Arn role) {
        return "AROA" + Digests.sha256(role.toString()).substring(0, 17).toUpperCase(Locale.ROOT);
    }

    private String keyId() {
        StringBuilder id = new StringBuilder();
        random.ints(16, 0, KEY_ALPHABET.length()).forEach(i -> id.append(KEY_ALPHABET.charAt(i)));
        return id.toString();
    }

    private String base64(int size) {
        byte[] bytes = new byte[size];
        random.nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
