package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is held, and until when: one caller after another. */
@Timeout(30)
class CredentialCacheTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final CacheWorld world = new CacheWorld();
    private final ScriptedExchange sts = world.sts;
    private final CredentialCache cache = world.cache;
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();

    @Test
    void held_beforeAnyExchange_isNothing() {
        assertThat(cache.held(alice)).isEmpty();
        assertThat(sts.calls()).isZero();
    }

    @Test
    void obtain_forTheFirstTime_isAMiss() {
        Given given = cache.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(given.shared()).isFalse();
        assertThat(given.session().lifetime()).isEqualTo(AN_HOUR);
    }

    @Test
    void obtain_theSameTwice_isOneExchange() {
        Given first = cache.obtain(alice);

        Given second = cache.obtain(alice);

        assertThat(second.source()).isEqualTo(Source.HIT);
        assertThat(second.session()).isSameAs(first.session());
        assertThat(sts.calls()).isOne();
    }

    @Test
    void held_afterAnExchange_isTheSession() {
        Given given = cache.obtain(alice);

        assertThat(cache.held(alice)).contains(Given.hit(given.session()));
    }

    @Test
    void obtain_withAnotherProofOfTheSamePerson_isAHit() {
        cache.obtain(alice);

        Given given = cache.obtain(Plans.webIdentity()
                .subject("alice")
                .proof(Plans.jwt("a.later.token"))
                .plan());

        assertThat(given.source()).isEqualTo(Source.HIT);
        assertThat(sts.calls()).isOne();
    }

    @Test
    void obtain_forTwoPeople_isTwoSessions() {
        Given ofAlice = cache.obtain(alice);

        Given ofBob = cache.obtain(Plans.webIdentity().subject("bob").plan());

        assertThat(ofBob.session()).isNotEqualTo(ofAlice.session());
        assertThat(sts.calls()).isEqualTo(2);
    }

    @Test
    void size_beyondTheBound_isBroughtBackToIt() {
        CredentialCache small = world.cache(Thread::startVirtualThread, 10);

        for (int i = 0; i < 100; i++) {
            small.obtain(Plans.webIdentity().subject("user-" + i).plan());
        }

        // Caffeine evicts beside its callers: the bound holds soon, not at once.
        while (small.size() > 10) {
            Thread.onSpinWait();
        }
        assertThat(small.size()).isBetween(1L, 10L);
    }

    @Test
    void obtain_afterTheEndByTheClock_isAMissEvenIfTheTickerStandsStill() {
        cache.obtain(alice);
        world.clock.advance(AN_HOUR);

        assertThat(cache.held(alice)).isEmpty();
        assertThat(cache.obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @Test
    void obtain_afterTheClockHasJumpedTwoHours_isAMiss() {
        SessionPlan fourHours = Plans.webIdentity().seconds(14_400).plan();
        cache.obtain(fourHours);
        world.clock.advance(Duration.ofHours(2).plusSeconds(1));

        Given given = cache.obtain(fourHours);

        assertThat(given.source()).isEqualTo(Source.RENEWED);
        assertThat(given.session().credentials().remaining(world.clock.instant()))
                .isEqualTo(Duration.ofHours(4));
    }

    /** In one hour's session, which a clock that is put back would make three hours of. */
    @ParameterizedTest
    @CsvSource({"1800, HIT", "1801, RENEWED", "3480, RENEWED", "3481, MISS", "3600, MISS"})
    void obtain_afterTheClockWasPutBack_isJudgedByTheTicker(int age, Source expected) {
        cache.obtain(alice);
        world.clock.advance(Duration.ofHours(-2));
        world.pass(Duration.ofSeconds(age));

        assertThat(cache.obtain(alice).source()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1800, HIT", "1801, RENEWED", "3600, MISS"})
    void session_exchangedWhileTheClockIsBehind_lastsNoLongerThanWasAsked(int age, Source expected) {
        sts.thenGives(Duration.ofHours(3));
        cache.obtain(alice);
        world.pass(Duration.ofSeconds(age));

        assertThat(cache.obtain(alice).source()).isEqualTo(expected);
    }

    @Test
    void size_onceTheTickerHasPassedTheLifetime_isNothing() {
        cache.obtain(alice);
        world.pass(AN_HOUR);

        assertThat(cache.held(alice)).isEmpty();
        assertThat(world.cache.obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @ParameterizedTest
    @CsvSource({"1799, HIT", "1800, HIT", "1801, RENEWED"})
    void obtain_afterHalfOfItsLifetime_isRenewed(int age, Source expected) {
        cache.obtain(alice);
        world.pass(Duration.ofSeconds(age));

        assertThat(cache.obtain(alice).source()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"1439, HIT", "1440, HIT", "1441, RENEWED"})
    void obtain_ofFourNamedHours_isRenewedAfterATenth(int age, Source expected) {
        SessionPlan fourHours = Plans.webIdentity().named(14_400).plan();
        cache.obtain(fourHours);
        world.pass(Duration.ofSeconds(age));

        assertThat(cache.obtain(fourHours).source()).isEqualTo(expected);
    }

    @Test
    void renewedSession_isHeldForItsOwnLifetimeAndNotTheOldOnes() {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        Given renewed = cache.obtain(alice);

        world.pass(Duration.ofMinutes(29));

        assertThat(cache.obtain(alice)).isEqualTo(Given.hit(renewed.session()));
    }

    @Test
    void failedRenewal_keepsTheSession() {
        Given first = cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(new Unavailable());

        Given kept = cache.obtain(alice);

        assertThat(kept).isEqualTo(Given.kept(first.session(), "unavailable"));
    }

    /** Thirty seconds, give or take a third by luck. */
    @ParameterizedTest
    @CsvSource({"0.0, 19999, 2", "0.0, 20000, 3", "0.5, 29999, 2", "0.5, 30000, 3", "0.75, 34998, 2", "0.75, 35000, 3"})
    void failedRenewal_isNotTriedAgainForAWhile(double luck, int milliseconds, int calls) {
        CredentialCache lucky = world.cache(Thread::startVirtualThread, 10, luck, Duration.ofMinutes(1));
        lucky.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(2, new Throttled());
        lucky.obtain(alice);

        world.pass(Duration.ofMillis(milliseconds));
        Given given = lucky.obtain(alice);

        assertThat(given.source()).isEqualTo(Source.KEPT);
        assertThat(given.notRenewed()).contains(calls == 2 ? "paused" : "throttled");
        assertThat(sts.calls()).isEqualTo(calls);
    }

    @Test
    void renewalThatSucceedsAfterAPause_isGiven() {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(new Throttled());
        cache.obtain(alice);

        world.pass(Duration.ofSeconds(30));

        assertThat(cache.obtain(alice).source()).isEqualTo(Source.RENEWED);
    }

    @Test
    void pause_doesNotKeepAwayWhoNeedsANewSession() {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(new Unavailable());
        cache.obtain(alice);

        Given given = cache.obtain(Plans.webIdentity()
                .subject("alice")
                .minRemaining(Duration.ofMinutes(50))
                .plan());

        assertThat(given.source()).isEqualTo(Source.MISS);
    }

    /** Seconds that are left of an hour, with a floor of two minutes. */
    @ParameterizedTest
    @CsvSource({"121", "120"})
    void lastResort_isGivenDownToTheFloor(int left) {
        cache.obtain(alice);
        world.pass(AN_HOUR.minusSeconds(left));
        sts.thenFails(new Unavailable());

        assertThat(cache.obtain(alice).source()).isEqualTo(Source.KEPT);
    }

    @Test
    void lastResort_belowTheFloor_isNotGiven() {
        cache.obtain(alice);
        world.pass(AN_HOUR.minusSeconds(119));
        sts.thenFails(new Unavailable());

        assertThat(failure(cache, alice)).isEqualTo(new Unavailable());
    }

    @ParameterizedTest
    @CsvSource({"601, KEPT", "600, KEPT", "599, "})
    void lastResort_isNeverBelowAnExplicitMinimum(int left, Source expected) {
        SessionPlan tenMinutes = Plans.webIdentity()
                .subject("alice")
                .minRemaining(Duration.ofMinutes(10))
                .plan();
        cache.obtain(alice);
        world.pass(AN_HOUR.minusSeconds(left));
        sts.thenFails(new Unavailable());

        if (expected == null) {
            assertThat(failure(cache, tenMinutes)).isEqualTo(new Unavailable());
        } else {
            assertThat(cache.obtain(tenMinutes).source()).isEqualTo(expected);
        }
    }

    @Test
    void spentAssertion_keepsTheSession() {
        SessionPlan spent = Plans.saml().plan();
        cache.obtain(spent);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(new ProofExpired());

        assertThat(cache.obtain(spent).source()).isEqualTo(Source.KEPT);
    }

    @Test
    void deniedRenewal_evictsTheSession() {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenFails(new Denied());

        assertThat(failure(cache, alice)).isEqualTo(new Denied());
        assertThat(cache.held(alice)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2999, 1", "3000, 2"})
    void denial_isRememberedForThreeSeconds(int milliseconds, int calls) {
        sts.thenFails(2, new Denied());
        failure(cache, alice);

        world.pass(Duration.ofMillis(milliseconds));

        assertThat(failure(cache, alice)).isEqualTo(new Denied());
        assertThat(sts.calls()).isEqualTo(calls);
    }

    @Test
    void denial_ofOneProof_saysNothingOfAnother() {
        sts.thenFails(new Denied());
        failure(cache, alice);

        Given given = cache.obtain(
                Plans.webIdentity().proof(Plans.jwt("another.token.of-alice")).plan());

        assertThat(given.source()).isEqualTo(Source.MISS);
    }

    @Test
    void denial_ofOneSession_saysNothingOfAnotherWithTheSameProof() {
        sts.thenFails(new Denied());
        failure(cache, alice);

        assertThat(cache.obtain(Plans.webIdentity().seconds(7200).plan()).source())
                .isEqualTo(Source.MISS);
    }

    @Test
    void failure_otherThanADenial_isForgottenAtOnce() {
        sts.thenFails(new Throttled());
        assertThat(failure(cache, alice)).isEqualTo(new Throttled());

        assertThat(cache.obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @Test
    void obtain_whereNoThreadCanBeHad_isUnavailable() {
        CredentialCache full = world.cache(
                task -> {
                    throw new RejectedExecutionException("full");
                },
                10);

        assertThat(failure(full, alice)).isEqualTo(new Unavailable());
    }

    @Test
    void obtain_afterThreadsHaveRunOut_leadsAnew() {
        boolean[] exhausted = {true};
        CredentialCache starved = world.cache(
                task -> {
                    if (exhausted[0]) {
                        throw new OutOfMemoryError("unable to create native thread");
                    }
                    Thread.startVirtualThread(task);
                },
                10);
        assertThat(failure(starved, alice)).isEqualTo(new Unavailable());

        exhausted[0] = false;

        assertThat(starved.obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @Test
    void exchangeThatBreaks_doesNotPoisonItsKey() {
        sts.thenBreaks();
        assertThatThrownBy(() -> cache.obtain(alice)).isInstanceOf(IllegalStateException.class);

        assertThat(cache.obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @Test
    void renewalThatBreaks_keepsTheSession() {
        cache.obtain(alice);
        world.pass(Duration.ofMinutes(31));
        sts.thenBreaks();

        assertThat(cache.obtain(alice).source()).isEqualTo(Source.KEPT);
    }

    @Test
    void session_thatStsCutShort_isHeldAndGivenForWhatItIs() {
        sts.thenGives(Duration.ofMinutes(30));

        Given given = cache.obtain(alice);

        assertThat(given.session().lifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(cache.obtain(alice).source()).isEqualTo(Source.HIT);
    }

    @Test
    void session_thatStsCutShort_isNotAskedForAgainByWhoNeedsMore() {
        SessionPlan fiftyMinutes = Plans.webIdentity()
                .subject("alice")
                .minRemaining(Duration.ofMinutes(50))
                .plan();
        sts.thenGives(Duration.ofMinutes(30));
        cache.obtain(fiftyMinutes);

        Given given = cache.obtain(fiftyMinutes);

        assertThat(given.source()).isEqualTo(Source.HIT);
        assertThat(given.session().lifetime()).isEqualTo(Duration.ofMinutes(30));
        assertThat(sts.calls()).isOne();
    }

    @Test
    void session_thatOutlivesTheCallersDeadline_isNotGiven() {
        cache.obtain(alice);

        Given given = cache.obtain(Plans.webIdentity()
                .subject("alice")
                .until(world.clock.instant(), Duration.ofMinutes(40))
                .plan());

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(given.session().lifetime()).isEqualTo(Duration.ofMinutes(40));
    }

    @Test
    void session_thatAnothersDeadlineCutShort_isRenewedForWhoCanHaveMore() {
        SessionPlan tillNoon = Plans.webIdentity()
                .named(14_400)
                .until(world.clock.instant(), Duration.ofMinutes(30))
                .plan();
        cache.obtain(tillNoon);

        Given given = cache.obtain(Plans.webIdentity().named(14_400).plan());

        assertThat(given.session().lifetime()).isEqualTo(Duration.ofHours(4));
    }

    private static ExchangeFailure failure(CredentialCache cache, SessionPlan plan) {
        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> cache.obtain(plan));
        assertThat(failed).as("the exchange fails").isNotNull();
        return failed.failure();
    }
}
