package dev.credbroker.cache;

import dev.credbroker.session.SessionKey;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Sessions that all replicas share. Never an error: what is down, slow, hostile or empty is a miss. Each call blocks for
 * a bounded time, so none is made on an event loop.
 */
public interface SharedStore extends AutoCloseable {

    /** How it stands with the store. */
    enum State {
        /** None is configured. */
        ABSENT,
        REACHABLE,
        /** It has failed several times in a row, and is left alone for a while. */
        UNREACHABLE
    }

    /**
     * The newest session of {@code key} that is believable.
     *
     * @param believable whether a session that was genuine once may be so now: a store can bring back what is over
     */
    Optional<HeldSession> find(SessionKey key, Predicate<HeldSession> believable);

    /** Kept until the session ends, or until the store has no room for it. */
    void put(SessionKey key, HeldSession session);

    void remove(SessionKey key);

    /** Asks to be the only one who exchanges for {@code key}; a lease that nobody gives back ends by itself after 10 s. */
    Lease lease(SessionKey key);

    State state();

    /** Ends what it keeps open. */
    @Override
    void close();

    /** Where no store is configured: holds nothing, and lets everybody go on alone. */
    static SharedStore none() {
        return NoSharedStore.NONE;
    }
}
