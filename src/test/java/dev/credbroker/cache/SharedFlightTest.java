package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.cache.SharedFlight.Landing;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import dev.credbroker.session.SessionPlan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is adopted of what is genuine. */
@Timeout(30)
class SharedFlightTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Replicas world = new Replicas();
    private final SharedStore store = world.store(Replicas.KEY);
    private final SharedFlight flight = world.flight(store);
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();
    private final HeldSession minted = Sealing.session("ASIANEW", world.clock.instant(), AN_HOUR);
    private final AtomicInteger exchanges = new AtomicInteger();

    @AfterEach
    void end() {
        world.close();
    }

    /** Seconds by which the exchange lies before now, lifetime in seconds. */
    @ParameterizedTest
    @CsvSource({
        // as long as was planned, and longer
        "0, 3599, true",
        "0, 3600, true",
        "0, 3601, false",
        // before its end, and at it
        "3599, 3600, true",
        "3600, 3600, false",
        "3601, 3600, false",
        // by a clock that is ahead
        "-29, 3600, true",
        "-30, 3600, true",
        "-31, 3600, false",
        // no session at all
        "0, 0, false",
        "-20, -10, false",
    })
    void land_whatIsInTheStore_isAdoptedIfStsCanHaveGivenIt(int age, int lifetime, boolean adopted) {
        HeldSession there =
                Sealing.session("ASIATHERE", world.clock.instant().minusSeconds(age), Duration.ofSeconds(lifetime));
        world.wire.plant(world.name(alice.key()), Sealing.sealer(Replicas.KEY).seal(alice.key(), there));

        Landing landing = land(Optional.empty());

        assertThat(landing).isEqualTo(adopted ? new Landing(there, true) : new Landing(minted, false));
        assertThat(exchanges).hasValue(adopted ? 0 : 1);
    }

    /** Nanoseconds by which what is in the store is older than what is held; what is as old is the same, and of no use. */
    @ParameterizedTest
    @CsvSource({"-1, true, hit", "0, false, hit", "1, false, outdated"})
    void land_whatIsInTheStore_isAdoptedIfItIsNewerThanWhatIsHeld(long older, boolean adopted, String counted) {
        HeldSession there = Sealing.session("ASIATHERE", world.clock.instant(), AN_HOUR);
        HeldSession held = new HeldSession(there.credentials(), there.lifetime().minusNanos(older), false);
        store.put(alice.key(), there);

        assertThat(land(Optional.of(held)).adopted()).isEqualTo(adopted);
        assertThat(world.count("find", counted)).isPositive();
    }

    @Test
    void land_whatIsNotGood_isNotAdoptedAndReplaced() {
        store.put(alice.key(), Sealing.session("ASIATHERE", world.clock.instant(), AN_HOUR));

        Landing landing = flight.land(alice, Optional.empty(), _ -> false, this::exchange);

        assertThat(landing).isEqualTo(new Landing(minted, false));
        assertThat(store.find(alice.key(), _ -> true)).contains(minted);
    }

    @Test
    void land_ofWhoIsInterruptedWhileItWaits_exchangesAloneAndStaysInterrupted() {
        store.lease(alice.key());
        world.waiting.during(_ -> {
            throw new AssertionError("waited");
        });

        Landing landing =
                world.flight(new Interrupting(store)).land(alice, Optional.empty(), _ -> true, this::exchange);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(landing.adopted()).isFalse();
    }

    /** Somebody interrupts whoever learns that another has the lease. */
    private record Interrupting(SharedStore store) implements SharedStore {

        @Override
        public Optional<HeldSession> find(SessionKey key, Predicate<HeldSession> believable) {
            return Optional.empty();
        }

        @Override
        public void put(SessionKey key, HeldSession session) {}

        @Override
        public void remove(SessionKey key) {}

        @Override
        public State state() {
            return store.state();
        }

        @Override
        public void close() {}

        @Override
        public Lease lease(SessionKey key) {
            Lease lease = store.lease(key);
            Thread.currentThread().interrupt();
            return lease;
        }
    }

    private Landing land(Optional<HeldSession> known) {
        return flight.land(alice, known, _ -> true, this::exchange);
    }

    private HeldSession exchange() {
        exchanges.incrementAndGet();
        return minted;
    }
}
