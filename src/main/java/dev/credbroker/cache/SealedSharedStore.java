package dev.credbroker.cache;

import dev.credbroker.cache.Lease.Gained;
import dev.credbroker.cache.Lease.Taken;
import dev.credbroker.cache.Lease.Unknown;
import dev.credbroker.cache.StoreGuard.Command;
import dev.credbroker.cache.StoreGuard.Result;
import dev.credbroker.session.SessionKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Sessions in a store that sees neither what they are nor whose. */
final class SealedSharedStore implements SharedStore {

    /** Longer than any exchange takes; so long the others wait at most for a replica that has died. */
    private static final Duration LEASE = Duration.ofSeconds(10);

    private static final int TOKEN = 16;

    private final StoreWire wire;
    private final StoreGuard guard;
    private final CredentialSealer sealer;
    private final SecureRandom random;
    private final InstantSource clock;

    SealedSharedStore(
            StoreWire wire, StoreGuard guard, CredentialSealer sealer, SecureRandom random, InstantSource clock) {
        this.wire = wire;
        this.guard = guard;
        this.sealer = sealer;
        this.random = random;
        this.clock = clock;
    }

    private record Found(Optional<HeldSession> session, Result result) {}

    @Override
    public Optional<HeldSession> find(SessionKey key, Predicate<HeldSession> believable) {
        List<String> names = sealer.names(key);
        return guard.call(
                        Command.FIND,
                        // One byte more than an entry may have, so that a longer one shows.
                        () -> found(key, wire.read(names, CredentialSealer.LONGEST_ENTRY + 1), believable),
                        Found::result)
                .flatMap(Found::session);
    }

    private Found found(SessionKey key, List<byte[]> entries, Predicate<HeldSession> believable) {
        List<HeldSession> genuine = new ArrayList<>();
        boolean forged = false;
        for (int i = 0; i < entries.size(); i++) {
            Optional<HeldSession> opened = sealer.open(key, i, entries.get(i));
            opened.ifPresent(genuine::add);
            forged |= opened.isEmpty() && entries.get(i).length > 0;
        }
        Optional<HeldSession> newest =
                genuine.stream().filter(believable).max(Comparator.comparing(HeldSession::exchanged));
        if (newest.isPresent()) {
            return new Found(newest, Result.HIT);
        }
        return new Found(newest, forged ? Result.FORGED : genuine.isEmpty() ? Result.MISS : Result.OUTDATED);
    }

    @Override
    public void put(SessionKey key, HeldSession session) {
        Duration life = session.credentials().remaining(clock.instant());
        byte[] entry = sealer.seal(key, session);
        if (life.isPositive() && entry.length <= CredentialSealer.LONGEST_ENTRY) {
            String name = sealer.names(key).getFirst();
            guard.call(
                    Command.PUT,
                    () -> {
                        wire.write(name, entry, life);
                        return true;
                    },
                    _ -> Result.DONE);
        }
    }

    @Override
    public void remove(SessionKey key) {
        List<String> names = sealer.names(key);
        guard.call(
                Command.REMOVE,
                () -> {
                    wire.delete(names);
                    return true;
                },
                _ -> Result.DONE);
    }

    @Override
    public Lease lease(SessionKey key) {
        String name = sealer.leaseName(key);
        String token = token();
        return guard.call(
                        Command.LEASE,
                        () -> wire.claim(name, token, LEASE),
                        gained -> gained ? Result.DONE : Result.TAKEN)
                .<Lease>map(gained -> gained ? new Gained(() -> release(name, token)) : new Taken())
                .orElseGet(Unknown::new);
    }

    @Override
    public State state() {
        return guard.reachable() ? State.REACHABLE : State.UNREACHABLE;
    }

    @Override
    public void close() {
        wire.close();
    }

    private void release(String name, String token) {
        guard.call(
                Command.RELEASE,
                () -> {
                    wire.giveUp(name, token);
                    return true;
                },
                _ -> Result.DONE);
    }

    private String token() {
        byte[] bytes = new byte[TOKEN];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
