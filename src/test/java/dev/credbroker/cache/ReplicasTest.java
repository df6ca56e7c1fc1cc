package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.cache.Given.Source;
import dev.credbroker.cache.InMemoryWire.Trouble;
import dev.credbroker.cache.Lease.Gained;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several replicas over one store make the calls to STS of one; and none of them believes the store. */
@Timeout(30)
class ReplicasTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Replicas world = new Replicas();
    private final CredentialCache one = world.replica();
    private final CredentialCache other = world.replica();
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void obtain_whatAnotherReplicaHasExchanged_isAdopted() {
        Given first = one.obtain(alice);

        Given second = other.obtain(alice);

        assertThat(first.source()).isEqualTo(Source.MISS);
        assertThat(second).isEqualTo(new Given(first.session(), Source.ADOPTED, false, Optional.empty()));
        assertThat(other.held(alice)).map(Given::source).contains(Source.HIT);
        assertThat(world.sts.calls()).isOne();
    }

    @Test
    void obtain_byManyReplicasOneAfterAnother_isOneExchangeForEachSession() {
        List<SessionPlan> plans = Stream.of("alice", "bob", "carol")
                .map(name -> Plans.webIdentity().subject(name).plan())
                .toList();

        for (int i = 0; i < 10; i++) {
            plans.forEach(world.replica()::obtain);
        }

        assertThat(world.sts.calls()).isEqualTo(3);
    }

    @Test
    void obtain_afterARollingRestart_asksStsNothing() {
        one.obtain(alice);
        one.obtain(Plans.webIdentity().subject("bob").plan());

        CredentialCache restarted = world.replica();
        restarted.obtain(alice);
        restarted.obtain(Plans.webIdentity().subject("bob").plan());

        assertThat(world.sts.calls()).isEqualTo(2);
    }

    @Test
    void obtain_byAHundredOnTwoColdReplicas_isOneExchange() throws InterruptedException {
        CountDownLatch waited = new CountDownLatch(1);
        CountDownLatch landed = new CountDownLatch(1);
        world.waiting.during(_ -> {
            waited.countDown();
            awaits(landed);
        });
        world.sts.hold();
        Callers callers = new Callers(one).ask(50, alice).awaitAllWaiting();
        Callers others = new Callers(other).ask(50, alice).awaitAllWaiting();

        waited.await();
        world.sts.release();
        assertThat(callers.answers()).hasSize(50);
        landed.countDown();

        assertThat(others.answers()).hasSize(50).extracting(Given::source).containsOnly(Source.ADOPTED);
        assertThat(others.answers()).extracting(Given::session).containsOnly(session(callers));
        assertThat(world.sts.calls()).isOne();
    }

    @Test
    void obtain_whatNeedsRenewal_adoptsWhatAnotherHasRenewed() {
        one.obtain(alice);
        other.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        Given renewed = one.obtain(alice);

        Given given = other.obtain(alice);

        assertThat(renewed.source()).isEqualTo(Source.RENEWED);
        assertThat(given).isEqualTo(new Given(renewed.session(), Source.ADOPTED, false, Optional.empty()));
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    /** What is renewed ahead is still good in the store: to take that would renew nothing. */
    @Test
    void hitCloseToItsRenewal_isRenewedOnceForAllReplicas() {
        Given first = one.obtain(alice);
        other.obtain(alice);
        world.pass(Duration.ofMinutes(29));

        awaitAnother(one, first);
        awaitAnother(other, first);

        assertThat(world.sts.calls()).isEqualTo(2);
        assertThat(other.held(alice))
                .map(Given::session)
                .isEqualTo(one.held(alice).map(Given::session));
    }

    /** Hits are given the old one until the renewal, which nobody waits for, has landed. */
    private void awaitAnother(CredentialCache replica, Given old) {
        while (replica.held(alice)
                .map(Given::session)
                .filter(old.session()::equals)
                .isPresent()) {
            Thread.onSpinWait();
        }
    }

    @Test
    void obtain_whatIsNoLongerFreshInTheStore_isRenewedAndPutThere() {
        one.obtain(alice);
        world.pass(Duration.ofMinutes(31));

        assertThat(other.obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(world.replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    /** Adopted at half of its life, a session is not as good as new to whoever named four hours. */
    @Test
    void follower_whoNeedsMoreThanWhatWasAdopted_isGivenANewOne() {
        one.obtain(Plans.webIdentity().subject("alice").seconds(14_400).plan());
        world.pass(Duration.ofMinutes(60));

        Given unhurried = other.obtain(
                Plans.webIdentity().subject("alice").seconds(14_400).plan());
        Given named =
                other.obtain(Plans.webIdentity().subject("alice").named(14_400).plan());

        assertThat(unhurried.source()).isEqualTo(Source.ADOPTED);
        assertThat(named.session().exchanged()).isEqualTo(world.clock.instant());
    }

    /** What was adopted has been used up in part: put back, the clock makes it no younger. */
    @Test
    void held_afterAdoptionAndAClockPutBack_isAsOldAsItIs() {
        one.obtain(alice);
        world.pass(Duration.ofMinutes(25));
        other.obtain(alice);
        world.pass(Duration.ofMinutes(6));
        world.clock.advance(Duration.ofMinutes(-20));

        assertThat(other.held(alice)).isEmpty();
    }

    @Test
    void obtain_whatStsMakesShorterThanIsNeeded_isAdoptedWhileItIsNearlyNew() {
        world.sts.thenGives(Duration.ofMinutes(20));
        one.obtain(demanding(Duration.ofMinutes(50)));

        assertThat(other.obtain(demanding(Duration.ofMinutes(50))).source()).isEqualTo(Source.ADOPTED);
        assertThat(world.sts.calls()).isOne();
    }

    @Test
    void denial_ofARenewal_takesTheSessionOutOfTheStore() {
        one.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        world.sts.thenFails(new Denied());

        assertThatExceptionOfType(ExchangeFailed.class).isThrownBy(() -> one.obtain(alice));

        assertThat(world.contents()).isEmpty();
    }

    @Test
    void obtain_ofASessionOlderThanADenial_isRefused() {
        one.obtain(alice);
        byte[] old = world.entry(alice.key());
        world.pass(Duration.ofMinutes(15));
        world.sts.thenFails(new Denied());
        assertThatExceptionOfType(ExchangeFailed.class).isThrownBy(() -> one.obtain(demanding(Duration.ofMinutes(50))));
        world.wire.plant(world.name(alice.key()), old);
        world.pass(Duration.ofSeconds(4));

        Given given = one.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(world.sts.calls()).isEqualTo(3);
        assertThat(world.count("find", "outdated")).isPositive();
    }

    /** The newer one has come to its end earlier, since STS gave less. */
    @Test
    void obtain_ofASessionOlderThanTheOneHeld_isRefused() {
        one.obtain(alice);
        byte[] old = world.entry(alice.key());
        world.pass(Duration.ofMinutes(5));
        world.sts.thenGives(Duration.ofMinutes(20));
        one.obtain(demanding(Duration.ofMinutes(58)));
        world.wire.plant(world.name(alice.key()), old);
        world.pass(Duration.ofMinutes(12));

        Given given = one.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.RENEWED);
        assertThat(world.sts.calls()).isEqualTo(3);
    }

    private static SessionPlan demanding(Duration least) {
        return Plans.webIdentity().subject("alice").minRemaining(least).plan();
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "STUCK", "BROKEN", "REFUSES_WRITES"})
    void obtain_withAStoreInTrouble_isAsWithoutOne(Trouble trouble) {
        world.wire.fallInto(trouble);

        Given given = one.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(one.held(alice)).isPresent();
        assertThat(other.obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    /** Three commands at most are lost time, then the store is left alone for a while. */
    @Test
    void obtain_byManyWithAStoreThatIsStuck_costsThreeTimeouts() {
        world.wire.fallInto(Trouble.STUCK);

        for (int i = 0; i < 50; i++) {
            one.obtain(Plans.webIdentity().subject("user-" + i).plan());
        }

        assertThat(world.waiting.limits).hasSize(3).containsOnly(Duration.ofMillis(50));
        assertThat(world.sts.calls()).isEqualTo(50);
    }

    @Test
    void obtain_onceTheStoreIsBack_adoptsAgain() {
        one.obtain(alice);
        world.wire.fallInto(Trouble.DOWN);
        other.obtain(Plans.webIdentity().subject("bob").plan());
        world.wire.fallInto(Trouble.NONE);
        world.pass(Duration.ofSeconds(5));

        assertThat(other.obtain(alice).source()).isEqualTo(Source.ADOPTED);
    }

    @Test
    void obtain_afterAnEviction_asksStsAnew() {
        one.obtain(alice);
        world.wire.evictAll();

        assertThat(other.obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    @Test
    void waiter_whoseLeaseHolderFails_exchangesItself() {
        SharedStore store = world.store(Replicas.KEY);
        Lease lease = store.lease(alice.key());
        world.waiting.during(_ -> ((Gained) lease).release().run());

        Given given = one.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(world.waiting.pauses).containsExactly(Duration.ofMillis(75));
    }

    @Test
    void waiter_whoseLeaseHolderHasDied_exchangesItselfWhileItsCallersStillWait() {
        world.store(Replicas.KEY).lease(alice.key());

        Given given = one.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        // With luck of one half: at five eighths of the callers' patience, in steps of 75 ms.
        assertThat(world.waiting.pauses)
                .hasSize((int) Math.ceilDiv(Replicas.PATIENCE.toMillis() * 5 / 8, 75))
                .containsOnly(Duration.ofMillis(75));
        assertThat(world.replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
    }

    @Test
    void waiter_whileAnotherExchanges_isGivenItsSession() {
        SharedStore store = world.store(Replicas.KEY);
        HeldSession session = Sealing.session("ASIATHEIRS", world.clock.instant(), AN_HOUR);
        store.lease(alice.key());
        world.waiting.during(_ -> store.put(alice.key(), session));

        Given given = one.obtain(alice);

        assertThat(given.session()).isEqualTo(session);
        assertThat(world.sts.calls()).isZero();
    }

    @Test
    void exchange_thatFails_givesTheLeaseBack() {
        world.sts.thenFails(new Unavailable());

        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> one.obtain(alice));

        assertThat(failed.failure()).isEqualTo(new Unavailable());
        assertThat(world.contents()).isEmpty();
        assertThat(other.obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(world.waiting.pauses).isEmpty();
    }

    @Test
    void obtain_duringRotationOfKeys_adoptsWhatWasSealedBefore() {
        SealingKey next = Sealing.key("2026-b", 2);
        one.obtain(alice);

        CredentialCache knowsBoth = world.replica(Replicas.KEY, next);
        CredentialCache sealsAnew = world.replica(next, Replicas.KEY);

        assertThat(knowsBoth.obtain(alice).source()).isEqualTo(Source.ADOPTED);
        assertThat(sealsAnew.obtain(alice).source()).isEqualTo(Source.ADOPTED);
        assertThat(world.replica(next).obtain(alice).source()).isEqualTo(Source.MISS);
    }

    private static HeldSession session(Callers callers) {
        return callers.answers().getFirst().session();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
