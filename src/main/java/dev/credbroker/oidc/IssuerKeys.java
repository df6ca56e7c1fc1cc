package dev.credbroker.oidc;

import dev.credbroker.oidc.KeySource.FetchedKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The public keys of one issuer, in memory.
 *
 * <p>They are fetched on a schedule, so that a withdrawn key is forgotten within a quarter of an hour, and for a key id
 * that is not known, so that a new key works at once. The second is what strangers can cause: one flight at a time,
 * three at once, then one in 30 s, whatever they send. It never delays the schedule. If the issuer is down the keys
 * serve on for 24 h.
 */
public final class IssuerKeys implements AutoCloseable {

    static final Duration LONGEST_INTERVAL = Duration.ofMinutes(15);
    /** Also for servers that say {@code max-age=0}. */
    static final Duration SHORTEST_INTERVAL = Duration.ofSeconds(30);

    static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    static final Duration LAST_RETRY = Duration.ofMinutes(1);
    /**
     * So many retries in equal steps, before they double: half a minute's outage is over five seconds after it ends.
     */
    static final int QUICK_RETRIES = 6;

    static final Duration STALE = Duration.ofHours(24);
    static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final double JITTER = 0.1;

    private final String issuerName;
    private final KeySource source;
    private final KeyUpkeep upkeep;
    private final Duration patience;
    private final RefreshBudget budget;
    private final AbsentKeys absent;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicLong fetches = new AtomicLong();
    private final AtomicLong failures = new AtomicLong();
    private final Object lock = new Object();

    private volatile @Nullable Snapshot snapshot;
    private volatile @Nullable Flight flight;
    private volatile Trouble trouble = Trouble.NONE;
    private volatile boolean closed;

    /** @param patience how long a caller waits for a fetch at most */
    IssuerKeys(String issuerName, KeySource source, KeyUpkeep upkeep, Duration patience) {
        this.issuerName = issuerName;
        this.source = source;
        this.upkeep = upkeep;
        this.patience = patience;
        this.budget = new RefreshBudget(upkeep.clock());
        this.absent = new AbsentKeys(upkeep.clock());
    }

    /** Begins to fetch in the background, now and for ever. Neither waits nor fails if the issuer is down. */
    public void start() {
        if (started.compareAndSet(false, true)) {
            refreshOnSchedule();
        }
    }

    /** Ends the refreshing; the keys at hand may still be asked for. */
    @Override
    public void close() {
        closed = true;
        source.close();
    }

    /** The issuer's name in the configuration. */
    public String issuerName() {
        return issuerName;
    }

    /** Whether there are keys that are not too old to be used. */
    public boolean usable() {
        return age().filter(age -> age.compareTo(STALE) < 0).isPresent();
    }

    /** How long ago the keys at hand were asked for; absent if there never were any. */
    public Optional<Duration> age() {
        return Optional.ofNullable(snapshot).map(held -> age(held, upkeep.clock()));
    }

    /** What went wrong with the latest fetch; absent if nothing did. */
    public Optional<KeysFailure> lastFailure() {
        return trouble.latest();
    }

    /** How many fetches have been begun. */
    public long fetches() {
        return fetches.get();
    }

    /** How many fetches have failed. */
    public long failures() {
        return failures.get();
    }

    /**
     * Grows whenever the set of keys changes; 0 before there are any. What was concluded from older keys is void then.
     */
    public long generation() {
        Snapshot held = snapshot;
        return held == null ? 0 : held.generation();
    }

    /** From memory alone. */
    KeyLookup find(String keyId) {
        Snapshot held = snapshot;
        if (held != null && age(held, upkeep.clock()).compareTo(STALE) < 0) { // at exactly 24 h: too old
            VerificationKey key = held.byId().get(keyId);
            if (key != null) {
                return new KeyLookup.Found(key, held.generation());
            }
            if (absent.contains(keyId)) {
                return new KeyLookup.Unknown();
            }
        }
        return fetchable() ? new KeyLookup.Fetchable() : new KeyLookup.Unavailable();
    }

    /** Waits for a fetch if that can help, for a second at most. */
    KeyLookup await(String keyId) {
        KeyLookup known = find(keyId);
        if (!(known instanceof KeyLookup.Fetchable)) {
            return known;
        }
        fetchFor(keyId).ifPresent(this::await);
        KeyLookup told = find(keyId);
        return told instanceof KeyLookup.Fetchable ? new KeyLookup.Unavailable() : told;
    }

    private boolean fetchable() {
        synchronized (lock) {
            return !closed && (flight != null || budget.left());
        }
    }

    /**
     * The flight that is under way, or a new one, if the budget allows it. Asks once more: one may have landed
     * meanwhile.
     */
    private Optional<Flight> fetchFor(String keyId) {
        synchronized (lock) {
            if (!(find(keyId) instanceof KeyLookup.Fetchable)) {
                return Optional.empty();
            }
            return flight != null || budget.take() ? Optional.of(fly(Optional.of(keyId))) : Optional.empty();
        }
    }

    private void await(Flight awaited) {
        try {
            awaited.landed().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            // Too slow; what is in memory is the answer. A flight never lands with an exception.
        }
    }

    private void refreshOnSchedule() {
        if (!closed) {
            var _ = fly(Optional.empty()).landed().thenRun(this::scheduleNext);
        }
    }

    private void scheduleNext() {
        upkeep.scheduler().after(pause(), this::refreshOnSchedule);
    }

    private Duration pause() {
        Snapshot held = snapshot;
        return trouble.latest().isPresent() || held == null
                ? spread(trouble.pause(), -JITTER, 0)
                : spread(held.interval(), -JITTER, JITTER);
    }

    private Duration spread(Duration pause, double from, double to) {
        double factor = 1 + from + (to - from) * upkeep.random().nextDouble();
        return Duration.ofMillis((long) (pause.toMillis() * factor));
    }

    /** Joins the flight that is under way, or starts one. */
    private Flight fly(Optional<String> askedFor) {
        synchronized (lock) {
            Flight current = flight;
            if (current != null) {
                return current;
            }
            Flight started = new Flight(askedFor, new CompletableFuture<>());
            flight = started;
            upkeep.scheduler().after(Duration.ZERO, () -> fetch(started));
            return started;
        }
    }

    private void fetch(Flight current) {
        try {
            fetches.incrementAndGet();
            Instant asked = upkeep.clock().instant();
            accept(source.fetch(), asked, current);
        } catch (KeysFetchException e) {
            fail(e.failure(), current);
        } catch (RuntimeException | StackOverflowError e) {
            fail(KeysFailure.INTERNAL, current);
        } finally {
            flight = null;
            current.landed().complete(null);
        }
    }

    private void accept(FetchedKeys fetched, Instant asked, Flight current) throws KeysFetchException {
        if (fetched.byId().isEmpty()) {
            throw new KeysFetchException(KeysFailure.NO_USABLE_KEY);
        }
        current.askedFor().filter(keyId -> !fetched.byId().containsKey(keyId)).ifPresent(absent::add);
        snapshot = new Snapshot(fetched.byId(), asked, generationOf(fetched), interval(fetched));
        trouble = Trouble.NONE;
    }

    /** What strangers cause does not count: it would make the schedule slower. */
    private void fail(KeysFailure failure, Flight current) {
        failures.incrementAndGet();
        trouble = new Trouble(
                Optional.of(failure), trouble.times() + (current.askedFor().isEmpty() ? 1 : 0));
    }

    private long generationOf(FetchedKeys fetched) {
        Snapshot held = snapshot;
        return held != null && held.byId().equals(fetched.byId()) ? held.generation() : generation() + 1;
    }

    private static Duration interval(FetchedKeys fetched) {
        Duration wanted = fetched.freshFor().orElse(LONGEST_INTERVAL);
        if (wanted.compareTo(SHORTEST_INTERVAL) < 0) {
            return SHORTEST_INTERVAL;
        }
        return wanted.compareTo(LONGEST_INTERVAL) > 0 ? LONGEST_INTERVAL : wanted;
    }

    /** Never negative: a clock that was put back makes keys new, not unusable. */
    private static Duration age(Snapshot held, InstantSource clock) {
        Duration age = Duration.between(held.askedAt(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    private record Snapshot(Map<String, VerificationKey> byId, Instant askedAt, long generation, Duration interval) {}

    /**
     * One fetch, and those who wait for it.
     *
     * @param askedFor the key id that started it. If it is not in the set it is absent. Of those that joined later
     *     nothing is concluded: the issuer may have answered before their key was there.
     */
    private record Flight(Optional<String> askedFor, CompletableFuture<@Nullable Void> landed) {}

    /** How many fetches of the schedule have failed in a row, and how the latest of all did. */
    private record Trouble(Optional<KeysFailure> latest, int times) {

        static final Trouble NONE = new Trouble(Optional.empty(), 0);

        Duration pause() {
            int doublings = Math.clamp(times - (long) QUICK_RETRIES, 0, 4);
            Duration pause = FIRST_RETRY.multipliedBy(1L << doublings);
            return pause.compareTo(LAST_RETRY) < 0 ? pause : LAST_RETRY;
        }
    }
}
