package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.cache.Freshness.Fitness;
import dev.credbroker.cache.Freshness.Need;
import dev.credbroker.cache.Given.Source;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.session.SessionKey;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.sts.StsExchange;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiPredicate;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Holds sessions, and sees to it that one key has one exchange at a time.
 *
 * <p>An exchange runs on its own thread, never inside a map: a caller that hangs up does not cancel it, and each caller
 * waits for it no longer than its own deadline allows. Failures are never held, save a denial for a few seconds.
 *
 * <p>What a caller is given is judged by the wall clock at that moment, or by the ticker since the exchange if that has
 * run further: a clock that is put back makes no session younger.
 */
public final class CredentialCache {

    /** How long a caller with a usable session waits for a better one. */
    private static final Duration RENEWAL_PATIENCE = Duration.ofMillis(300);

    /** After a renewal has failed, the next is tried no sooner than this, give or take a third. */
    private static final Duration RENEWAL_PAUSE = Duration.ofSeconds(30);

    /** SDKs ask up to six times in a row: what STS denied a moment ago it is not asked again, with the same proof. */
    private static final Duration REFUSAL_MEMORY = Duration.ofSeconds(3);

    /** If the exchange fails by its leader's proof, a caller with another proof leads a new one: three in a row at most. */
    private static final int MOST_FLIGHTS = 3;

    /** Why a session was kept, beside what STS may have said: its renewal failed a moment ago; or has not come in time; or a bug. */
    private static final String PAUSED = "paused";

    private static final String UNDER_WAY = "under-way";
    private static final String BROKEN = "broken";

    private final Cache<SessionKey, Entry> held;
    private final Cache<SessionKey, Instant> renewalPauses;
    private final Cache<Refused, ExchangeFailure> refusals;
    private final ConcurrentMap<SessionKey, Flight> flights = new ConcurrentHashMap<>();
    private final StsExchange exchange;
    private final SharedFlight shared;
    private final Freshness freshness;
    private final Executor threads;
    private final InstantSource clock;
    private final Ticker ticker;
    private final DoubleSupplier jitter;
    private final Duration patience;

    /** Of a replica that shares with none: see the other constructor. */
    public CredentialCache(
            StsExchange exchange,
            Freshness freshness,
            int maximumSessions,
            Executor threads,
            InstantSource clock,
            Ticker ticker,
            DoubleSupplier jitter,
            Duration patience) {
        this(
                exchange,
                new SharedFlight(
                        SharedStore.none(), clock, ticker, Waiting.really(), jitter, patience, maximumSessions),
                freshness,
                maximumSessions,
                threads,
                clock,
                ticker,
                jitter,
                patience);
    }

    /**
     * @param shared what is between an exchange and STS where replicas share their sessions
     * @param maximumSessions a bound in entries
     * @param threads where exchanges run; they block
     * @param jitter values from 0 up to 1
     * @param patience how long a caller without a usable session waits for an exchange
     */
    public CredentialCache(
            StsExchange exchange,
            SharedFlight shared,
            Freshness freshness,
            int maximumSessions,
            Executor threads,
            InstantSource clock,
            Ticker ticker,
            DoubleSupplier jitter,
            Duration patience) {
        this.exchange = exchange;
        this.shared = shared;
        this.freshness = freshness;
        this.threads = threads;
        this.clock = clock;
        this.ticker = ticker;
        this.jitter = jitter;
        this.patience = patience;
        // To wake a thread for what little there is to tidy up would cost more than a hit.
        // Sessions go when they end, lest one hit find them all.
        this.held = Caffeine.newBuilder()
                .executor(Runnable::run)
                .scheduler(Scheduler.systemScheduler())
                .maximumSize(maximumSessions)
                .ticker(ticker)
                .expireAfter(Expiry.<SessionKey, Entry>writing(
                        (key, entry) -> entry.session().lifetime()))
                .build();
        this.renewalPauses = Caffeine.newBuilder()
                .maximumSize(maximumSessions)
                .ticker(ticker)
                .expireAfterWrite(RENEWAL_PAUSE.multipliedBy(2))
                .build();
        this.refusals = Caffeine.newBuilder()
                .maximumSize(maximumSessions)
                .ticker(ticker)
                .expireAfterWrite(REFUSAL_MEMORY)
                .build();
    }

    /**
     * A session, what the ticker said when it came, and its luck: when within their time sessions are renewed ahead
     * differs from one to the next.
     */
    private record Entry(HeldSession session, long since, double luck) {}

    /** A proof that STS has just refused for a session. */
    private record Refused(SessionKey key, Fingerprint proof) {}

    /** An exchange under way, and whose proof it uses. */
    private static final class Flight {

        private final CompletableFuture<HeldSession> landing = new CompletableFuture<>();
        private final Fingerprint proof;
        /** Whether it really asks STS; otherwise it has landed before anybody else could see it, or adopted a session. */
        private volatile boolean launched;
        /** Whether it brought what another replica had exchanged. */
        private volatile boolean adopted;

        private @Nullable Flight next;

        Flight(Fingerprint proof) {
            this.proof = proof;
        }

        /**
         * The flight after this one, for those to whom this one was of no use: the same for all of them, however late
         * they ask, lest each lead one of its own.
         */
        synchronized Flight next(Supplier<Flight> election) {
            Flight elected = next == null ? election.get() : next;
            next = elected;
            return elected;
        }
    }

    /**
     * The session for {@code plan} if one is held that is fresh; from memory alone. Also one that is shorter than the
     * caller needs, where it is nearly new and STS gave no more: to ask again would bring the same.
     */
    public Optional<Given> held(SessionPlan plan) {
        Optional<Entry> good = good(plan);
        if (good.isPresent() && isDue(good.get(), plan)) {
            renewAhead(plan);
        }
        return good.map(entry -> Given.hit(entry.session()));
    }

    /**
     * The session for {@code plan}: held, renewed, or new; may block.
     *
     * @throws ExchangeFailed if there is none, and none is held that would do
     */
    public Given obtain(SessionPlan plan) {
        Optional<Given> hit = held(plan);
        if (hit.isPresent()) {
            return hit.get();
        }
        return fit(plan, Fitness.USABLE).isPresent() ? renewed(plan, RENEWAL_PATIENCE) : renewed(plan, patience);
    }

    /** How many sessions are held. */
    public long size() {
        return held.estimatedSize();
    }

    /**
     * Starts a renewal that nobody waits for, with the proof of the caller whose hit comes close to the session's renewal:
     * so that those after it need not wait. One at a time, and none while renewals are paused.
     */
    private void renewAhead(SessionPlan plan) {
        if (flights.containsKey(plan.key()) || renewalIsPaused(plan.key())) {
            return;
        }
        Flight own = new Flight(plan.proof().fingerprint());
        Flight flight = flights.compute(
                plan.key(),
                (_, underWay) -> underWay == null
                                && good(plan)
                                        .filter(entry -> isDue(entry, plan))
                                        .isPresent()
                        ? own
                        : underWay);
        if (flight == own) {
            launch(plan, own);
        }
    }

    private boolean isDue(Entry entry, SessionPlan plan) {
        return freshness.isDue(entry.session(), need(plan), now(entry), entry.luck());
    }

    private Given renewed(SessionPlan plan, Duration wait) {
        Optional<HeldSession> before = fit(plan, Fitness.LAST_RESORT);
        if (before.isPresent() && renewalIsPaused(plan.key())) {
            return Given.kept(before.get(), PAUSED);
        }
        Source source = before.isPresent() ? Source.RENEWED : Source.MISS;
        try {
            return exchanged(plan, source, wait);
        } catch (ExchangeFailed | IllegalStateException e) {
            // Judged again: while this caller waited, its session may have been evicted, or have come to its end.
            return fit(plan, Fitness.LAST_RESORT)
                    .map(session -> Given.kept(session, notRenewed(plan, e)))
                    .orElseThrow(() -> e);
        }
    }

    private String notRenewed(SessionPlan plan, RuntimeException failure) {
        if (flights.containsKey(plan.key())) {
            return UNDER_WAY;
        }
        return failure instanceof ExchangeFailed failed ? failed.failure().label() : BROKEN;
    }

    /**
     * Joins the exchange that is under way, or leads one; again, if it failed by a proof that is not this caller's, or
     * brought a session that is not for this caller.
     */
    private Given exchanged(SessionPlan plan, Source source, Duration wait) {
        long end = ticker.read() + wait.toNanos();
        Flight own = new Flight(plan.proof().fingerprint());
        Flight flight = board(plan, own);
        for (int turn = 1; turn <= MOST_FLIGHTS; turn++) {
            try {
                HeldSession session = landed(flight, Duration.ofNanos(end - ticker.read()));
                if (flight == own && freshness.outlivesDeadline(session, need(plan))) {
                    break; // STS was asked so late that even the shortest session ends after the caller's own end.
                }
                if (flight == own || suits(plan, flight, session)) {
                    return new Given(session, source(flight, source), flight != own, Optional.empty());
                }
            } catch (ExchangeFailed e) {
                boolean othersFault = e.failure().becauseOfProof() && !flight.proof.equals(own.proof);
                if (!othersFault || turn == MOST_FLIGHTS) {
                    throw e;
                }
            }
            if (turn == MOST_FLIGHTS) {
                break;
            }
            Flight mine = new Flight(own.proof);
            flight = flight.next(() -> board(plan, mine));
            own = mine;
        }
        throw new ExchangeFailed(new Unavailable());
    }

    private static Source source(Flight flight, Source launched) {
        if (flight.launched) {
            return launched;
        }
        return flight.adopted ? Source.ADOPTED : Source.HIT;
    }

    /**
     * Whether what another's flight brought is for this caller too: what is fresh; or else what is new and as long as STS
     * makes it, but neither what the other's deadline cut short nor what outlives this caller's.
     */
    private boolean suits(SessionPlan plan, Flight flight, HeldSession session) {
        Need need = need(plan);
        return freshness.judge(session, need, clock.instant()) == Fitness.FRESH
                || (flight.launched && !session.curtailed() && !freshness.outlivesDeadline(session, need));
    }

    /** The flight that is under way for the plan's session; else {@code own}, which is launched if STS must be asked. */
    private Flight board(SessionPlan plan, Flight own) {
        Flight flight = flights.compute(
                plan.key(), (key, underWay) -> underWay == null && !landsAtOnce(plan, own) ? own : underWay);
        if (flight == own) {
            launch(plan, own);
        }
        return flight == null ? own : flight;
    }

    /**
     * Whether STS need not be asked: since this caller looked another flight has landed, or STS has just denied this very
     * proof. Told under the key's lock: a flight that has left the map has put its session into the cache before.
     */
    private boolean landsAtOnce(SessionPlan plan, Flight own) {
        Optional<Entry> landed = good(plan);
        if (landed.isPresent()) {
            return own.landing.complete(landed.get().session());
        }
        ExchangeFailure refusal = refusals.getIfPresent(new Refused(plan.key(), own.proof));
        return refusal != null && own.landing.completeExceptionally(new ExchangeFailed(refusal));
    }

    /** Whatever keeps a thread from being had must not leave a flight behind that nobody flies. */
    private void launch(SessionPlan plan, Flight own) {
        own.launched = true;
        try {
            threads.execute(() -> fly(plan, own));
        } catch (RuntimeException | Error e) {
            land(plan.key(), own, new ExchangeFailed(new Unavailable()));
        }
    }

    /** The exchange itself. The flight is over before its callers learn how it ended, so that none joins a dead one. */
    private void fly(SessionPlan plan, Flight flight) {
        try {
            SharedFlight.Landing landing = shared.land(
                    plan, known(plan), session -> isGood(session, plan, clock.instant()), () -> minted(plan));
            HeldSession session = landing.session();
            flight.launched = !landing.adopted();
            flight.adopted = landing.adopted();
            held.put(plan.key(), new Entry(session, ticker.read() - age(session).toNanos(), jitter.getAsDouble()));
            renewalPauses.invalidate(plan.key());
            flights.remove(plan.key(), flight);
            flight.landing.complete(session);
        } catch (RuntimeException | Error e) {
            land(plan.key(), flight, e);
        }
    }

    private HeldSession minted(SessionPlan plan) {
        CredentialDocument credentials = CredentialDocument.of(exchange.exchange(plan));
        return new HeldSession(
                credentials, lifetime(credentials, plan), plan.duration().isCutByDeadline());
    }

    private Optional<HeldSession> known(SessionPlan plan) {
        return Optional.ofNullable(held.getIfPresent(plan.key())).map(Entry::session);
    }

    private boolean isGood(HeldSession session, SessionPlan plan, Instant now) {
        Need need = need(plan);
        return freshness.judge(session, need, now) == Fitness.FRESH || freshness.isMostThatStsGives(session, need, now);
    }

    /** Since its exchange: what another replica exchanged is not new. */
    private Duration age(HeldSession session) {
        Duration age = Duration.between(session.exchanged(), clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Never more than was asked for: STS does not give more, so a clock that says so is behind. */
    private Duration lifetime(CredentialDocument credentials, SessionPlan plan) {
        Duration told = credentials.remaining(clock.instant());
        Duration asked = plan.spec().duration().asDuration();
        return told.compareTo(asked) < 0 ? told : asked;
    }

    private void land(SessionKey key, Flight flight, Throwable failure) {
        if (failure instanceof ExchangeFailed failed && failed.failure() instanceof Denied) {
            held.invalidate(key);
            refusals.put(new Refused(key, flight.proof), failed.failure());
        }
        renewalPauses.put(key, clock.instant().plus(pause()));
        flights.remove(key, flight);
        flight.landing.completeExceptionally(failure);
    }

    /**
     * @throws ExchangeFailed if STS gave no session, or none in time
     * @throws IllegalStateException if the exchange broke, which only a bug can bring about
     */
    private static HeldSession landed(Flight flight, Duration wait) {
        try {
            return flight.landing.get(Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new ExchangeFailed(new Unavailable());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExchangeFailed(new Unavailable());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExchangeFailed failed) {
                throw failed;
            }
            throw new IllegalStateException("an exchange broke", e.getCause());
        }
    }

    private boolean renewalIsPaused(SessionKey key) {
        Instant until = renewalPauses.getIfPresent(key);
        return until != null && clock.instant().isBefore(until);
    }

    private Duration pause() {
        double factor = 2.0 / 3 + jitter.getAsDouble() * 2 / 3;
        return Duration.ofMillis((long) (RENEWAL_PAUSE.toMillis() * factor));
    }

    private Optional<Entry> good(SessionPlan plan) {
        return held(plan, (session, now) -> isGood(session, plan, now));
    }

    private Optional<HeldSession> fit(SessionPlan plan, Fitness least) {
        return held(
                        plan,
                        (session, now) ->
                                freshness.judge(session, need(plan), now).compareTo(least) <= 0)
                .map(Entry::session);
    }

    private Optional<Entry> held(SessionPlan plan, BiPredicate<HeldSession, Instant> isFit) {
        return Optional.ofNullable(held.getIfPresent(plan.key()))
                .filter(entry -> isFit.test(entry.session(), now(entry)));
    }

    /** By the wall clock, and no earlier than the ticker has it. */
    private Instant now(Entry entry) {
        HeldSession session = entry.session();
        Duration age = Duration.ofNanos(ticker.read() - entry.since());
        Instant ticked = session.exchanged().plus(age);
        Instant told = clock.instant();
        return told.isBefore(ticked) ? ticked : told;
    }

    private static Need need(SessionPlan plan) {
        return new Need(
                plan.minRemaining(), plan.duration().isLong(), plan.duration().granted(), plan.deadline());
    }
}
