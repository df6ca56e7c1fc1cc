package dev.credbroker.oidc;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** Key ids that an issuer was just seen not to have: each for 30 s, the latest thousand. */
final class AbsentKeys {

    static final Duration REMEMBERED = Duration.ofSeconds(30);
    static final int MOST = 1000;

    private final InstantSource clock;
    private final Map<String, Instant> until = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST;
        }
    };

    AbsentKeys(InstantSource clock) {
        this.clock = clock;
    }

    synchronized void add(String keyId) {
        until.remove(keyId);
        until.put(keyId, clock.instant().plus(REMEMBERED));
    }

    /** At exactly 30 s it is forgotten; so it is when the clock was put back. */
    synchronized boolean contains(String keyId) {
        Instant end = until.get(keyId);
        Instant now = clock.instant();
        return end != null && now.isBefore(end) && !now.isBefore(end.minus(REMEMBERED));
    }
}
