package dev.credbroker.oidc;

import dev.credbroker.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens whose signature was found good within the last minute, by the SHA-256 of their bytes, so that the same token
 * need not be verified for every request. It says nothing of the time: that is judged anew each time.
 *
 * <p>Two maps take turns: when the younger is full or a minute old it becomes the elder, and what was the elder is
 * gone. So there is no order to keep and nothing to sweep. They are full by weight, not by number: a token may be three
 * hundred characters or twenty thousand, and a long one of many small claims takes a quarter of a megabyte.
 */
final class SignatureMemory {

    static final Duration REMEMBERED = Duration.ofSeconds(60);

    private static final int BYTES_PER_TOKEN = 1_000;
    private static final int BYTES_PER_VALUE = 130;

    private final InstantSource clock;
    private final long most;
    private volatile Turn turn;

    /** @param most how many bytes of heap it takes at most; 0: it knows no token */
    SignatureMemory(InstantSource clock, long most) {
        this.clock = clock;
        this.most = most;
        this.turn = new Turn(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), clock.instant(), 0);
    }

    /**
     * A good signature.
     *
     * @param generation of the issuer's keys; under another one nothing is known
     */
    record Remembered(CheckedJwt jwt, String keyId, long generation, Instant since) {}

    Optional<Remembered> find(Secret token) {
        String key = token.digest();
        Turn now = turn;
        Remembered found = now.young().get(key);
        return Optional.ofNullable(found == null ? now.old().get(key) : found).filter(this::fresh);
    }

    void add(Secret token, CheckedJwt jwt, String keyId, long generation) {
        long weight = weight(token, jwt);
        if (weight <= most / 2) {
            roomFor(weight).put(token.digest(), new Remembered(jwt, keyId, generation, clock.instant()));
        }
    }

    /** Bytes of heap, rather too many than too few: the texts, and what Java wraps around each of them. */
    static long weight(Secret token, CheckedJwt jwt) {
        long values = jwt.attributes().values().stream().mapToLong(Set::size).sum();
        return BYTES_PER_TOKEN
                + token.length()
                + BYTES_PER_VALUE * (values + jwt.attributes().size());
    }

    /** At exactly a minute it is forgotten; so it is when the clock was put back. */
    private boolean fresh(Remembered remembered) {
        return within(remembered.since());
    }

    private boolean within(Instant since) {
        Instant now = clock.instant();
        return !now.isBefore(since) && now.isBefore(since.plus(REMEMBERED));
    }

    /** At exactly half of the whole the younger is full. */
    private synchronized Map<String, Remembered> roomFor(long weight) {
        Turn current = turn;
        boolean full = current.weight() + weight > most / 2;
        turn = full || !within(current.since())
                ? new Turn(new ConcurrentHashMap<>(), current.young(), clock.instant(), weight)
                : new Turn(current.young(), current.old(), current.since(), current.weight() + weight);
        return turn.young();
    }

    /** @param weight of the younger */
    private record Turn(Map<String, Remembered> young, Map<String, Remembered> old, Instant since, long weight) {}
}
