package dev.credbroker.cache;

import dev.credbroker.session.SessionKey;
import java.util.Optional;
import java.util.function.Predicate;

/** This replica is on its own. */
final class NoSharedStore implements SharedStore {

    static final SharedStore NONE = new NoSharedStore();

    private NoSharedStore() {}

    @Override
    public Optional<HeldSession> find(SessionKey key, Predicate<HeldSession> believable) {
        return Optional.empty();
    }

    @Override
    public void put(SessionKey key, HeldSession session) {
        // there is nowhere to put it
    }

    @Override
    public void remove(SessionKey key) {
        // nothing is there
    }

    @Override
    public Lease lease(SessionKey key) {
        return new Lease.Unknown();
    }

    @Override
    public State state() {
        return State.ABSENT;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
