package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.cache.Lease.Gained;
import dev.credbroker.cache.Lease.Taken;
import dev.credbroker.cache.Lease.Unknown;
import dev.credbroker.session.SessionKey;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.sts.ExchangeFailure.Denied;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * One exchange for all replicas: what another replica has put into the store is adopted, what another is exchanging is
 * waited for, and only then STS is asked.
 *
 * <p>The store is not trusted. It can hold back what it was given, which costs a call to STS, and bring back what it was
 * given once: so nothing is adopted that is older than what this replica knows of, be it a session or a denial.
 */
public final class SharedFlight {

    /** Between two looks at what another replica is exchanging; twice as much at most. */
    private static final Duration LOOK = Duration.ofMillis(50);

    /** How far the clocks of two replicas may be apart. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private final SharedStore store;
    private final Cache<SessionKey, Instant> denials;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Waiting waiting;
    private final DoubleSupplier jitter;
    private final Duration patience;

    /**
     * @param jitter values from 0 up to 1
     * @param patience how long this replica's callers wait; half to three quarters of it another replica's exchange may
     *     take, so that there is time left for one of this replica's own
     * @param maximumSessions of how many sessions a denial is remembered
     */
    public SharedFlight(
            SharedStore store,
            InstantSource clock,
            Ticker ticker,
            Waiting waiting,
            DoubleSupplier jitter,
            Duration patience,
            int maximumSessions) {
        this.store = store;
        this.clock = clock;
        this.ticker = ticker;
        this.waiting = waiting;
        this.jitter = jitter;
        this.patience = patience;
        this.denials = Caffeine.newBuilder()
                .maximumSize(maximumSessions)
                .ticker(ticker)
                .expireAfterWrite(SessionDuration.LONGEST.asDuration())
                .build();
    }

    /** @param adopted whether it is another replica's, and STS was not asked */
    record Landing(HeldSession session, boolean adopted) {}

    /**
     * A session for {@code plan} that is good and newer than what is held, or else a new one. Blocks.
     *
     * @param known what this replica holds
     * @param good whether a session is worth giving to those who wait for this one
     * @param exchange asks STS
     * @throws ExchangeFailed if STS gives none
     */
    Landing land(
            SessionPlan plan,
            Optional<HeldSession> known,
            Predicate<HeldSession> good,
            Supplier<HeldSession> exchange) {
        Supplier<Optional<Landing>> look = () -> store.find(plan.key(), session -> isBelievable(session, plan, known))
                .filter(session -> isNewer(session, known))
                .filter(good)
                .map(session -> new Landing(session, true));
        Supplier<Landing> alone = () -> exchanged(plan.key(), exchange);
        return look.get().orElseGet(() -> landTogether(plan.key(), look, alone));
    }

    private Landing landTogether(SessionKey key, Supplier<Optional<Landing>> look, Supplier<Landing> alone) {
        long end = ticker.read() + (long) (patience.toNanos() * (0.5 + jitter.getAsDouble() / 4));
        while (true) {
            switch (store.lease(key)) {
                case Gained(Runnable release) -> {
                    try {
                        // Looked again: whoever had the lease before may have landed since.
                        return look.get().orElseGet(alone);
                    } finally {
                        release.run();
                    }
                }
                case Taken() -> {
                    if (ticker.read() - end >= 0 || !pause()) {
                        return alone.get();
                    }
                }
                case Unknown() -> {
                    return alone.get();
                }
            }
            Optional<Landing> landed = look.get();
            if (landed.isPresent()) {
                return landed.get();
            }
        }
    }

    private boolean pause() {
        try {
            waiting.pause(LOOK.plusNanos((long) (LOOK.toNanos() * jitter.getAsDouble())));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Landing exchanged(SessionKey key, Supplier<HeldSession> exchange) {
        try {
            HeldSession session = exchange.get();
            store.put(key, session);
            return new Landing(session, false);
        } catch (ExchangeFailed e) {
            if (e.failure() instanceof Denied) {
                denials.put(key, clock.instant());
                store.remove(key);
            }
            throw e;
        }
    }

    /** What is held has not been good enough, or is to be renewed: the same once more would not help. */
    private static boolean isNewer(HeldSession session, Optional<HeldSession> known) {
        return known.filter(held -> !session.exchanged().isAfter(held.exchanged()))
                .isEmpty();
    }

    /**
     * Whether STS can have given {@code session} for {@code plan}, it has not ended, and it is not older than what is
     * known: exactly as old, it is the same.
     */
    private boolean isBelievable(HeldSession session, SessionPlan plan, Optional<HeldSession> known) {
        Instant now = clock.instant();
        Instant exchanged = session.exchanged();
        Instant denied = denials.getIfPresent(plan.key());
        return session.lifetime().isPositive()
                && session.lifetime().compareTo(plan.spec().duration().asDuration()) <= 0
                && session.credentials().expiration().isAfter(now)
                && !exchanged.isAfter(now.plus(CLOCK_TOLERANCE))
                && (denied == null || !exchanged.isBefore(denied))
                && known.filter(held -> exchanged.isBefore(held.exchanged())).isEmpty();
    }
}
