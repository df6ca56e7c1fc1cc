package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.cache.Given.Source;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailed;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.sts.ScriptedExchange;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers at once: one exchange. */
@Timeout(30)
class CredentialCacheFlightsTest {

    private final CacheWorld world = new CacheWorld();
    private final ScriptedExchange sts = world.sts;
    private final CredentialCache cache = world.cache;
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();

    @Test
    void obtain_byAHundredAtOnce_isOneExchange() {
        sts.hold();
        Callers callers = new Callers(cache).ask(100, alice).awaitAllWaiting();

        sts.release();

        assertThat(callers.answers())
                .hasSize(100)
                .extracting(Given::session)
                .containsOnly(callers.answers().getFirst().session());
        assertThat(callers.answers()).filteredOn(given -> !given.shared()).hasSize(1);
        assertThat(sts.calls()).isOne();
    }

    @Test
    void obtain_byTwoAtOnceForTwoSessions_isTwoExchangesAtOnce() throws InterruptedException {
        sts.hold();
        Callers callers = new Callers(cache)
                .ask(1, alice)
                .ask(1, Plans.webIdentity().subject("bob").plan());

        sts.awaitArrival();
        sts.awaitArrival();
        sts.release();

        assertThat(callers.answers()).extracting(Given::source).containsOnly(Source.MISS);
    }

    @Test
    void obtain_withAUsableSession_waitsAMomentForItsRenewalAndIsThenGivenIt() {
        Given old = cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.hold();

        Given given = cache.obtain(alice);
        sts.release();

        assertThat(given).isEqualTo(Given.kept(old.session(), "under-way"));
    }

    @Test
    void renewal_thatTookTooLongForItsCaller_isHeldAfterwards() throws InterruptedException {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.awaitArrival();
        sts.hold();
        cache.obtain(alice);

        sts.awaitArrival();
        sts.release();

        assertThat(awaitHit(alice).session().credentials().accessKeyId()).isEqualTo("ASIATEST2");
        assertThat(sts.calls()).isEqualTo(2);
    }

    @Test
    void caller_whoseTimeIsOver_isToldSoAndDoesNotCancelTheExchange() throws InterruptedException {
        CredentialCache hasty = world.cache(Thread::startVirtualThread, 10, 0.5, Duration.ofMillis(1));
        sts.hold();

        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> hasty.obtain(alice));
        sts.awaitArrival();
        sts.release();

        assertThat(failed.failure()).isEqualTo(new Unavailable());
        assertThat(awaitHit(hasty, alice).session().credentials().accessKeyId()).isEqualTo("ASIATEST1");
        assertThat(sts.calls()).isOne();
    }

    @Test
    void caller_whoIsInterrupted_isToldThatNothingCouldBeHadAndStaysInterrupted() {
        sts.hold();
        Thread.currentThread().interrupt();

        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> cache.obtain(alice));
        sts.release();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed.failure()).isEqualTo(new Unavailable());
    }

    @Test
    void followers_ofTheSameProof_shareItsFailure() {
        sts.thenFails(new ProofExpired()).hold();
        Callers callers = new Callers(cache).ask(20, alice).awaitAllWaiting();

        sts.release();

        assertThat(callers.refusals()).hasSize(20).allSatisfy(refusal -> failedBy(refusal, new ProofExpired()));
        assertThat(sts.calls()).isOne();
    }

    /** Alice's exchange waits for its thread while bob's is over, and fails then. */
    @Test
    void flightThatFails_touchesNoOtherSessionAndIsFollowedByAFreshOne() {
        SessionPlan bob = Plans.webIdentity().subject("bob").plan();
        Queue<Runnable> parked = new ConcurrentLinkedQueue<>();
        AtomicInteger tasks = new AtomicInteger();
        CredentialCache cache = world.cache(
                task -> {
                    if (tasks.getAndIncrement() == 0) {
                        parked.add(task);
                    } else {
                        task.run();
                    }
                },
                10);
        Callers callers = new Callers(cache).ask(20, alice).awaitAllWaiting();
        Given ofBob = cache.obtain(bob);
        sts.thenFails(new Unavailable());

        parked.remove().run();

        assertThat(callers.refusals()).hasSize(20).allSatisfy(refusal -> failedBy(refusal, new Unavailable()));
        assertThat(cache.held(bob)).map(Given::session).contains(ofBob.session());
        assertThat(cache.obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(sts.calls()).isEqualTo(3);
    }

    @Test
    void follower_withAnotherProof_leadsAnew() {
        sts.thenFails(new ProofExpired()).hold();
        Callers callers = new Callers(cache);
        callers.ask(1, withProof("spent")).awaitAllWaiting();
        CompletableFuture<Given> follower = callers.ask(withProof("good"));
        callers.awaitAllWaiting();

        sts.release();

        assertThat(follower.join().source()).isEqualTo(Source.MISS);
        assertThat(sts.asked()).extracting(plan -> plan.proof().text().reveal()).containsExactly("spent", "good");
    }

    @Test
    void follower_withAnotherProof_sharesAFailureThatIsNotTheProofs() {
        sts.thenFails(new Throttled()).hold();
        Callers callers = new Callers(cache).ask(1, withProof("one")).awaitAllWaiting();
        callers.ask(1, withProof("other")).awaitAllWaiting();

        sts.release();

        assertThat(callers.refusals()).hasSize(2).allSatisfy(refusal -> failedBy(refusal, new Throttled()));
        assertThat(sts.calls()).isOne();
    }

    @Test
    void followers_withManyProofs_makeThreeFlightsInARowAndThenAllFail() {
        sts.thenFails(50, new Denied()).hold();
        Callers callers = new Callers(cache);
        for (int i = 0; i < 50; i++) {
            callers.ask(withProof("proof-" + i));
        }
        callers.awaitAllWaiting();

        sts.release();

        assertThat(callers.refusals()).hasSize(50).allSatisfy(refusal -> failedBy(refusal, new Denied()));
        assertThat(sts.calls()).isEqualTo(3);
    }

    /** All flights but the first are over before another follower wakes. */
    @Test
    void followers_whoWakeAfterTheNextFlightHasFailedToo_leadNoneOfTheirOwn() {
        AtomicInteger tasks = new AtomicInteger();
        CredentialCache cache = world.cache(
                task -> {
                    if (tasks.getAndIncrement() == 0) {
                        Thread.startVirtualThread(task);
                    } else {
                        task.run();
                    }
                },
                10);
        sts.thenFails(50, new Denied()).hold();
        Callers callers = new Callers(cache);
        for (int i = 0; i < 50; i++) {
            callers.ask(withProof("proof-" + i));
        }
        callers.awaitAllWaiting();

        sts.release();

        assertThat(callers.refusals()).hasSize(50);
        assertThat(sts.calls()).isEqualTo(3);
    }

    @Test
    void followers_whoseNewLeaderSucceeds_shareItsSession() {
        sts.thenFails(new Denied()).hold();
        new Callers(cache).ask(1, withProof("bad")).awaitAllWaiting();
        Callers followers = new Callers(cache).ask(30, withProof("good")).awaitAllWaiting();

        sts.release();

        assertThat(followers.answers()).hasSize(30);
        assertThat(sts.calls()).isEqualTo(2);
    }

    @Test
    void follower_withAnEarlierDeadline_isNotGivenWhatOutlivesIt() {
        sts.hold();
        Callers callers = new Callers(cache).ask(1, alice).awaitAllWaiting();
        CompletableFuture<Given> follower = callers.ask(Plans.webIdentity()
                .subject("alice")
                .until(world.clock.instant(), Duration.ofMinutes(40))
                .plan());
        callers.awaitAllWaiting();

        sts.release();

        assertThat(follower.join().session().lifetime()).isEqualTo(Duration.ofMinutes(40));
        assertThat(sts.calls()).isEqualTo(2);
    }

    @Test
    void follower_withoutADeadline_isNotGivenWhatTheLeadersDeadlineCutShort() {
        sts.hold();
        Callers callers = new Callers(cache)
                .ask(
                        1,
                        Plans.webIdentity()
                                .subject("alice")
                                .named(14_400)
                                .until(world.clock.instant(), Duration.ofMinutes(40))
                                .plan())
                .awaitAllWaiting();
        CompletableFuture<Given> follower =
                callers.ask(Plans.webIdentity().subject("alice").named(14_400).plan());
        callers.awaitAllWaiting();

        sts.release();

        assertThat(follower.join().session().lifetime()).isEqualTo(Duration.ofHours(4));
    }

    @Test
    void follower_whoNeedsMoreThanStsGives_getsWhatThereIsWithoutAnotherExchange() {
        sts.thenGives(Duration.ofMinutes(20)).hold();
        Callers callers = new Callers(cache).ask(1, alice).awaitAllWaiting();
        CompletableFuture<Given> follower = callers.ask(Plans.webIdentity()
                .subject("alice")
                .minRemaining(Duration.ofMinutes(50))
                .plan());
        callers.awaitAllWaiting();

        sts.release();

        assertThat(follower.join().session().lifetime()).isEqualTo(Duration.ofMinutes(20));
        assertThat(sts.calls()).isOne();
    }

    /** What is held has expired each time, so that each round begins with a miss, and some callers come as it lands. */
    @Test
    void obtain_byManyAsFlightsLand_isOneExchangeForEachRound() {
        for (int round = 1; round <= 200; round++) {
            Callers callers = new Callers(cache).ask(8, alice);

            assertThat(callers.answers())
                    .extracting(Given::session)
                    .containsOnly(callers.answers().getFirst().session());
            assertThat(callers.answers())
                    .filteredOn(given -> given.source() == Source.MISS && !given.shared())
                    .hasSize(1);
            assertThat(sts.calls()).isEqualTo(round);
            world.pass(Duration.ofHours(1));
        }
    }

    private Given awaitHit(SessionPlan plan) {
        return awaitHit(cache, plan);
    }

    private static Given awaitHit(CredentialCache cache, SessionPlan plan) {
        while (cache.held(plan).isEmpty()) {
            Thread.onSpinWait();
        }
        return cache.held(plan).orElseThrow();
    }

    private static SessionPlan withProof(String text) {
        return Plans.webIdentity().subject("alice").proof(Plans.jwt(text)).plan();
    }

    private static void failedBy(Throwable refusal, ExchangeFailure failure) {
        assertThat(refusal)
                .isInstanceOfSatisfying(
                        ExchangeFailed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(failure));
    }
}
