package dev.credbroker.oidc;

import dev.credbroker.secret.Secret;
import dev.credbroker.secret.Sha256;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose signature was found good within the last minute, by the SHA-256 of their bytes, so that the same token
 * need not be verified for every request. It says nothing of the time: that is judged anew each time.
 *
 * <p>Two maps take turns: when the younger is full or a minute old it becomes the elder, and what was the elder is
 * gone. So there is no order to keep and nothing to sweep.
 */
final class SignatureMemory {

    static final Duration REMEMBERED = Duration.ofSeconds(60);

    private final InstantSource clock;
    private final int most;
    private volatile Turn turn;

    /** @param most of about how many tokens it knows; 0: of none */
    SignatureMemory(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
        this.turn = new Turn(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), clock.instant());
    }

    /**
     * A good signature.
     *
     * @param generation of the issuer's keys; under another one nothing is known
     */
    record Remembered(CheckedJwt jwt, String keyId, long generation, Instant since) {}

    Optional<Remembered> find(Secret token) {
        String key = digest(token);
        Turn now = turn;
        Remembered found = now.young().get(key);
        return Optional.ofNullable(found == null ? now.old().get(key) : found).filter(this::fresh);
    }

    void add(Secret token, CheckedJwt jwt, String keyId, long generation) {
        if (most == 0) {
            return;
        }
        Remembered remembered = new Remembered(jwt, keyId, generation, clock.instant());
        roomForOneMore().put(digest(token), remembered);
    }

    /** At exactly a minute it is forgotten; so it is when the clock was put back. */
    private boolean fresh(Remembered remembered) {
        return within(remembered.since());
    }

    private boolean within(Instant since) {
        Instant now = clock.instant();
        return !now.isBefore(since) && now.isBefore(since.plus(REMEMBERED));
    }

    private synchronized Map<String, Remembered> roomForOneMore() {
        Turn current = turn;
        if (current.young().size() >= Math.ceilDiv(most, 2) || !within(current.since())) {
            turn = new Turn(new ConcurrentHashMap<>(), current.young(), clock.instant());
        }
        return turn.young();
    }

    private static String digest(Secret token) {
        byte[] bytes = token.reveal().getBytes(StandardCharsets.UTF_8);
        return HexFormat.of().formatHex(Sha256.begin().digest(bytes));
    }

    private record Turn(Map<String, Remembered> young, Map<String, Remembered> old, Instant since) {}
}
