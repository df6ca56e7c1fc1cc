package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.cache.Given.Source;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A session of an hour is given as it is for thirty minutes; in the last three to six of them it is renewed ahead. */
class RenewalAheadTest {

    private final CacheWorld world = new CacheWorld();
    private final Deque<Runnable> exchanges = new ConcurrentLinkedDeque<>();
    private final CredentialCache cache = cacheOf(0.5);
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();

    /** The age, after which the session is due, by the luck of its birth. */
    @ParameterizedTest
    @CsvSource({"0.0, 27:00", "0.5, 25:30", "0.999999, 24:00"})
    void hit_closeToItsRenewal_startsOneAndNoSooner(double luck, String age) {
        CredentialCache lucky = cacheOf(luck);
        obtain(lucky, alice);

        world.pass(time(age));
        assertThat(lucky.held(alice)).isPresent();
        assertThat(exchanges).isEmpty();

        world.pass(Duration.ofSeconds(1));
        assertThat(lucky.held(alice)).map(Given::source).contains(Source.HIT);
        assertThat(exchanges).hasSize(1);
    }

    @Test
    void renewalAhead_whenItHasCome_isGivenToAllWhoComeAfter() {
        obtain(cache, alice);
        world.pass(Duration.ofMinutes(29));
        Given before = cache.held(alice).orElseThrow();

        fly();

        Given after = cache.held(alice).orElseThrow();
        assertThat(after.source()).isEqualTo(Source.HIT);
        assertThat(after.session()).isNotEqualTo(before.session());
        assertThat(exchanges).isEmpty();
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    @Test
    void hits_whileARenewalIsUnderWay_startNoOther() {
        obtain(cache, alice);
        world.pass(Duration.ofMinutes(29));

        for (int i = 0; i < 100; i++) {
            assertThat(cache.held(alice)).isPresent();
        }

        assertThat(exchanges).hasSize(1);
    }

    @Test
    void renewalAhead_isMadeWithTheProofOfTheHitThatStartedIt() {
        obtain(cache, alice);
        world.pass(Duration.ofMinutes(29));
        SessionPlan later = Plans.webIdentity()
                .subject("alice")
                .proof(Plans.jwt("a.later.token"))
                .plan();

        assertThat(cache.held(later)).isPresent();
        fly();

        assertThat(world.sts.asked().getLast().proof()).isEqualTo(later.proof());
    }

    @Test
    void session_thatNobodyAsksFor_isNotRenewed() {
        obtain(cache, alice);

        world.pass(Duration.ofMinutes(59));

        assertThat(exchanges).isEmpty();
    }

    @Test
    void renewalAhead_thatFails_leavesTheSessionAndIsNotTriedAgainForAWhile() {
        obtain(cache, alice);
        world.pass(Duration.ofMinutes(28));
        fail(new Throttled());

        assertThat(cache.held(alice)).map(Given::source).contains(Source.HIT);
        assertThat(exchanges).isEmpty();

        world.pass(Duration.ofSeconds(30));
        assertThat(cache.held(alice)).isPresent();
        assertThat(exchanges).hasSize(1);
    }

    @Test
    void renewalAhead_thatStsDenies_evictsTheSession() {
        obtain(cache, alice);
        world.pass(Duration.ofMinutes(29));

        fail(new Denied());

        assertThat(cache.held(alice)).isEmpty();
    }

    /** What was named for four hours is given as it is for 24 minutes. */
    @ParameterizedTest
    @CsvSource({"20:23, 0", "20:25, 1"})
    void hit_onALongSession_startsARenewalWithinItsTenth(String age, int started) {
        SessionPlan fourHours =
                Plans.webIdentity().subject("alice").named(14_400).plan();
        obtain(cache, fourHours);

        world.pass(time(age));

        assertThat(cache.held(fourHours)).isPresent();
        assertThat(exchanges).hasSize(started);
    }

    /** What a deadline bounds cannot be had for longer, however often STS is asked. */
    @Test
    void hit_onASessionThatEndsWithItsDeadline_startsNothing() {
        SessionPlan untilThen = Plans.webIdentity()
                .subject("alice")
                .deadline(world.clock.instant().plus(Duration.ofMinutes(60)))
                .plan();
        obtain(cache, untilThen);

        world.pass(Duration.ofMinutes(29));

        assertThat(cache.held(untilThen)).isPresent();
        assertThat(exchanges).isEmpty();
    }

    private CredentialCache cacheOf(double luck) {
        return world.cache(exchanges::add, 10, luck, Duration.ofMinutes(1));
    }

    private void obtain(CredentialCache cache, SessionPlan plan) {
        Thread caller = Thread.startVirtualThread(() -> cache.obtain(plan));
        while (exchanges.isEmpty()) {
            Thread.onSpinWait();
        }
        fly();
        try {
            caller.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while a caller is served", e);
        }
    }

    private void fail(ExchangeFailure failure) {
        world.sts.thenFails(failure);
        assertThat(cache.held(alice)).isPresent();
        fly();
    }

    private void fly() {
        exchanges.remove().run();
    }

    private static Duration time(String minutesAndSeconds) {
        String[] parts = minutesAndSeconds.split(":", -1);
        return Duration.ofMinutes(Integer.parseInt(parts[0])).plusSeconds(Integer.parseInt(parts[1]));
    }
}
