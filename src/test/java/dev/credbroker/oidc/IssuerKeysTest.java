package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IssuerKeysTest {

    private static final Duration NANO = Duration.ofNanos(1);

    private final TestClock clock = new TestClock();
    private final TestScheduler scheduler = new TestScheduler(clock);
    private final ScriptedKeys source = new ScriptedKeys();
    private double chance = 0.5;
    private final IssuerKeys keys = new IssuerKeys(
            "corp",
            source,
            new KeyUpkeep(clock, random(), (delay, task) -> scheduler.after(delay, task)),
            Duration.ofMillis(1));

    private RandomGenerator random() {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return chance;
            }
        };
    }

    // ---- schedule

    @Test
    void start_issuerUp_keysAreUsable() {
        source.hold(TestKey.RSA);
        assertThat(keys.usable()).isFalse();
        assertThat(keys.age()).isEmpty();
        assertThat(keys.generation()).isZero();

        keys.start();
        assertThat(source.fetches()).as("start does not fetch by itself").isZero();
        scheduler.run();

        assertThat(keys.issuerName()).isEqualTo("corp");
        assertThat(keys.usable()).isTrue();
        assertThat(keys.age()).contains(Duration.ZERO);
        assertThat(keys.generation()).isEqualTo(1);
        assertThat(keys.fetches()).isEqualTo(1);
        assertThat(keys.lastFailure()).isEmpty();
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void start_twice_refreshesOnce() {
        source.hold(TestKey.RSA);

        keys.start();
        keys.start();
        scheduler.run();

        assertThat(scheduler.waiting()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "PT5M, 0.5, PT5M",
        "PT5M, 0.0, PT4M30S",
        "PT5M, 1.0, PT5M30S",
        "PT1H, 0.5, PT15M",
        "PT15M, 1.0, PT16M30S",
        "PT0S, 0.5, PT30S",
        "PT29S, 0.5, PT30S",
        "PT31S, 0.5, PT31S"
    })
    void refresh_afterSuccess_isAfterMaxAgeWithinBoundsAndJitter(Duration maxAge, double at, Duration pause) {
        chance = at;
        source.hold(maxAge, TestKey.RSA);

        keys.start();
        scheduler.run();

        assertThat(scheduler.pause()).isEqualTo(pause);
    }

    @Test
    void refresh_serverSaysNothing_isAfterAQuarterOfAnHour() {
        source.hold(TestKey.RSA);

        keys.start();
        scheduler.run();

        assertThat(scheduler.pause()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void refresh_issuerDown_isTriedAgainQuicklyThenLessAndLess() {
        chance = 1;
        source.fail(KeysFailure.UNREACHABLE);
        keys.start();
        scheduler.run();

        List<Long> pauses = IntStream.range(0, 12)
                .mapToObj(i -> {
                    Duration pause = scheduler.pause();
                    scheduler.advance(pause);
                    return pause.toSeconds();
                })
                .toList();

        assertThat(pauses).containsExactly(5L, 5L, 5L, 5L, 5L, 5L, 10L, 20L, 40L, 60L, 60L, 60L);
        assertThat(keys.usable()).isFalse();
        assertThat(keys.lastFailure()).contains(KeysFailure.UNREACHABLE);
        assertThat(keys.failures()).isEqualTo(13);
    }

    @Test
    void refresh_issuerDownAndStrangersAskMeanwhile_isTriedAgainNoLessOften() {
        source.fail(KeysFailure.UNREACHABLE);
        keys.start();
        scheduler.run();

        for (int i = 0; i < 3; i++) {
            keys.await("forged-" + i);
            scheduler.run();
            scheduler.advance(Duration.ofSeconds(5));
        }

        assertThat(source.fetches()).isEqualTo(1 + 3 + 3);
        scheduler.advance(Duration.ofSeconds(10));
        assertThat(source.fetches()).as("two more in equal steps").isEqualTo(1 + 3 + 3 + 2);
    }

    @Test
    void refresh_issuerDownForAShortWhile_isOverWithinTenSeconds() {
        source.fail(KeysFailure.UNREACHABLE);
        keys.start();
        scheduler.advance(Duration.ofSeconds(29));

        source.hold(TestKey.RSA);
        scheduler.advance(Duration.ofSeconds(10));

        assertThat(keys.usable()).isTrue();
        assertThat(keys.lastFailure()).isEmpty();
    }

    @Test
    void refresh_failureInside_isToldAndTriedAgain() {
        source.run(() -> {
            throw new IllegalStateException("a bug");
        });
        keys.start();
        scheduler.run();
        assertThat(keys.lastFailure()).contains(KeysFailure.INTERNAL);

        source.hold(TestKey.RSA);
        scheduler.advance(Duration.ofSeconds(5));

        assertThat(keys.usable()).isTrue();
    }

    /** One that is no exception, such as a class that cannot be loaded: there are neither keys nor a failure then. */
    @Test
    void refresh_errorInside_isTriedAgain() {
        source.run(() -> {
            throw new LinkageError("no such class");
        });
        keys.start();
        assertThatExceptionOfType(LinkageError.class).isThrownBy(scheduler::run);

        source.hold(TestKey.RSA);
        scheduler.advance(Duration.ofSeconds(5));

        assertThat(keys.usable()).isTrue();
    }

    @Test
    void refresh_withdrawnKey_isForgottenOnSchedule() {
        started(TestKey.RSA, TestKey.EC);

        source.hold(TestKey.EC);
        scheduler.advance(Duration.ofMinutes(15));

        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Fetchable.class);
        assertThat(keys.find("ec-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void refresh_emptySet_isRefusedAndTheOldOneKept() {
        started(TestKey.RSA);

        source.hold();
        scheduler.advance(Duration.ofMinutes(15));

        assertThat(keys.lastFailure()).contains(KeysFailure.NO_USABLE_KEY);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
        assertThat(keys.generation()).isEqualTo(1);
    }

    @Test
    void refresh_setUnchanged_staysTheSameGeneration() {
        started(TestKey.RSA);

        scheduler.advance(Duration.ofMinutes(15));
        assertThat(source.fetches()).isEqualTo(2);
        assertThat(keys.generation()).isEqualTo(1);

        source.hold(TestKey.RSA, TestKey.EC);
        scheduler.advance(Duration.ofMinutes(15));
        assertThat(keys.generation()).isEqualTo(2);

        source.hold(TestKey.OTHER_RSA.as("rsa-1"), TestKey.EC);
        scheduler.advance(Duration.ofMinutes(15));
        assertThat(keys.generation()).isEqualTo(3);
    }

    @Test
    void find_issuerDownForADay_servesUntilThen() {
        started(TestKey.RSA);
        source.fail(KeysFailure.TIMEOUT);

        scheduler.advance(Duration.ofHours(24).minus(NANO));
        assertThat(keys.usable()).isTrue();
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);

        scheduler.advance(NANO);
        assertThat(keys.usable()).isFalse();
        assertThat(keys.age()).contains(Duration.ofHours(24));
        assertThat(keys.find("rsa-1")).isNotInstanceOf(KeyLookup.Found.class);

        source.hold(TestKey.RSA);
        scheduler.advance(Duration.ofMinutes(1));
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @ParameterizedTest
    @EnumSource(KeysFailure.class)
    void find_whateverGoesWrongForADay_servesUntilThen(KeysFailure failure) {
        started(TestKey.RSA);
        source.fail(failure);
        clock.advance(Duration.ofHours(24).minus(NANO));
        scheduler.run();

        assertThat(keys.lastFailure()).contains(failure);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
        clock.advance(NANO);
        assertThat(keys.find("rsa-1")).isNotInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void find_clockPutBack_servesOn() {
        started(TestKey.RSA);

        clock.advance(Duration.ofHours(-1));

        assertThat(keys.age()).contains(Duration.ZERO);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void close_endsTheRefreshing() {
        started(TestKey.RSA);

        keys.close();
        scheduler.advance(Duration.ofHours(1));

        assertThat(source.fetches()).isEqualTo(1);
        assertThat(scheduler.waiting()).isZero();
        assertThat(keys.find("new")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
        assertThatExceptionOfType(KeysFetchException.class)
                .as("the source is closed too")
                .isThrownBy(source::fetch);
    }

    // ---- unknown key ids

    @Test
    void find_unknownId_fetchesNothing() {
        started(TestKey.RSA);

        assertThat(keys.find("new")).isInstanceOf(KeyLookup.Fetchable.class);
        scheduler.run();

        assertThat(source.fetches()).isEqualTo(1);
    }

    @Test
    void await_newKey_isFoundByOneFetch() throws Exception {
        started(TestKey.RSA);
        source.hold(TestKey.RSA, TestKey.EC);

        assertThat(awaited("ec-1")).isInstanceOf(KeyLookup.Found.class);
        assertThat(source.fetches()).isEqualTo(2);
    }

    @Test
    void await_keyThatIsNot_isUnknownForHalfAMinute() throws Exception {
        started(TestKey.RSA);

        assertThat(awaited("no")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(keys.await("no")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(source.fetches()).isEqualTo(2);

        clock.advance(Duration.ofSeconds(30).minus(NANO));
        assertThat(keys.find("no")).isInstanceOf(KeyLookup.Unknown.class);
        clock.advance(NANO);
        assertThat(keys.find("no")).isInstanceOf(KeyLookup.Fetchable.class);
    }

    @Test
    void await_fetchFails_isUnavailableNotUnknown() throws Exception {
        started(TestKey.RSA);
        source.fail(KeysFailure.STATUS);

        assertThat(awaited("new")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void await_noKeysYet_waitsForTheFirstFetch() throws Exception {
        source.hold(TestKey.RSA);

        assertThat(awaited("rsa-1")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void await_fetchTooSlow_isUnavailable() {
        started(TestKey.RSA);

        assertThat(keys.await("new")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(keys.await("new")).isInstanceOf(KeyLookup.Unavailable.class);
        scheduler.run();

        assertThat(source.fetches()).as("both waited for one").isEqualTo(2);
    }

    @Test
    void await_joinedAFetchUnderWay_isNotCalledUnknown() {
        started(TestKey.RSA);

        assertThat(keys.await("first")).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(keys.await("joined")).isInstanceOf(KeyLookup.Unavailable.class);
        scheduler.run();

        assertThat(keys.find("first")).isInstanceOf(KeyLookup.Unknown.class);
        assertThat(keys.find("joined")).isInstanceOf(KeyLookup.Fetchable.class);
    }

    @Test
    void await_flood_costsThreeFetchesThenOneInHalfAMinute() throws Exception {
        started(TestKey.RSA);

        for (int i = 0; i < 3; i++) {
            assertThat(awaited("forged-" + i)).isInstanceOf(KeyLookup.Unknown.class);
        }
        for (int i = 3; i < 1000; i++) {
            assertThat(keys.await("forged-" + i)).isInstanceOf(KeyLookup.Unavailable.class);
        }
        assertThat(source.fetches()).isEqualTo(4);
        assertThat(keys.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);

        clock.advance(Duration.ofSeconds(30).minus(NANO));
        assertThat(keys.find("rotated")).isInstanceOf(KeyLookup.Unavailable.class);
        clock.advance(NANO);
        source.hold(TestKey.RSA, TestKey.EC.as("rotated"));
        assertThat(awaited("rotated")).isInstanceOf(KeyLookup.Found.class);
    }

    @Test
    void await_floodOfFiveMinutes_costsTwelveFetchesAndDoesNotDelayTheSchedule() throws Exception {
        started(TestKey.RSA);
        int before = source.fetches();
        Duration planned = scheduler.pause();

        for (int second = 0; second < 300; second++) {
            awaited("forged-" + second);
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(source.fetches() - before).isEqualTo(3 + 9);
        assertThat(scheduler.pause()).isEqualTo(planned.minusSeconds(300));
    }

    @Test
    void await_budgetSpentWhileAFetchIsUnderWay_joinsIt() {
        started(TestKey.RSA);
        awaited("forged-0");
        awaited("forged-1");
        keys.await("forged-2");

        assertThat(keys.find("ec-1")).isInstanceOf(KeyLookup.Fetchable.class);
        assertThat(keys.await("ec-1")).isInstanceOf(KeyLookup.Unavailable.class);
        source.hold(TestKey.RSA, TestKey.EC);
        scheduler.run();

        assertThat(keys.find("ec-1")).isInstanceOf(KeyLookup.Found.class);
        assertThat(source.fetches()).isEqualTo(1 + 3);
    }

    @Test
    void await_keyThatIsWithdrawnSoonAfter_isNotTakenForOneThatNeverWas() {
        source.hold(Duration.ZERO, TestKey.RSA);
        keys.start();
        scheduler.advance(Duration.ofSeconds(29));
        source.hold(Duration.ZERO, TestKey.RSA, TestKey.EC);
        assertThat(awaited("ec-1")).isInstanceOf(KeyLookup.Found.class);

        source.hold(Duration.ZERO, TestKey.RSA);
        scheduler.advance(Duration.ofSeconds(1));

        assertThat(keys.find("ec-1")).isInstanceOf(KeyLookup.Fetchable.class);
    }

    // ---- concurrency

    @Test
    void await_hundredCallersAtOnce_fetchOnce() throws Exception {
        ScriptedKeys slow = new ScriptedKeys();
        CountDownLatch release = new CountDownLatch(1);
        slow.run(() -> {
            release.await();
            return ScriptedKeys.fetched(Optional.empty(), TestKey.RSA);
        });
        CountDownLatch arrived = new CountDownLatch(100);

        try (IssuerKeys shared = new IssuerKeys("corp", slow, threads(), Duration.ofSeconds(30));
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<KeyLookup> caller = () -> {
                arrived.countDown();
                return shared.await("rsa-1");
            };
            List<Future<KeyLookup>> lookups =
                    Stream.generate(() -> callers.submit(caller)).limit(100).toList();
            arrived.await();
            release.countDown();

            for (Future<KeyLookup> lookup : lookups) {
                assertThat(lookup.get()).isInstanceOf(KeyLookup.Found.class);
            }
            assertThat(slow.fetches()).isEqualTo(1);
        }
    }

    @Test
    void find_whileAFetchHangs_answersFromMemoryAtOnce() throws Exception {
        ScriptedKeys hanging = new ScriptedKeys();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hanging.hold(TestKey.RSA);
        try (IssuerKeys shared = new IssuerKeys("corp", hanging, threads(), Duration.ofSeconds(30))) {
            assertThat(shared.await("rsa-1")).isInstanceOf(KeyLookup.Found.class);
            hanging.run(() -> {
                begun.countDown();
                release.await();
                return ScriptedKeys.fetched(Optional.empty(), TestKey.RSA);
            });
            Thread waiting = Thread.startVirtualThread(() -> shared.await("new"));
            begun.await();

            assertThat(shared.find("rsa-1")).isInstanceOf(KeyLookup.Found.class);
            assertThat(shared.find("new")).isInstanceOf(KeyLookup.Fetchable.class);
            release.countDown();
            waiting.join();
            assertThat(shared.find("new")).isInstanceOf(KeyLookup.Unknown.class);
        }
    }

    /** The caller is answered while the fetch still hangs, and would hang for ever. */
    @Test
    void await_fetchThatNeverEnds_givesUpAfterItsPatience() throws Exception {
        assertThat(IssuerKeys.PATIENCE).isEqualTo(Duration.ofSeconds(1));
        ScriptedKeys stalled = new ScriptedKeys();
        CountDownLatch release = new CountDownLatch(1);
        stalled.run(() -> {
            release.await();
            return ScriptedKeys.fetched(Optional.empty(), TestKey.RSA);
        });
        try (IssuerKeys shared = new IssuerKeys("corp", stalled, threads(), Duration.ofMillis(1))) {
            for (int i = 0; i < 10; i++) {
                assertThat(shared.await("forged-" + i)).isInstanceOf(KeyLookup.Unavailable.class);
            }

            assertThat(shared.fetches()).isLessThanOrEqualTo(1);
            assertThat(shared.failures()).isZero();
            release.countDown();
        }
    }

    @Test
    void await_interrupted_staysInterrupted() {
        started(TestKey.RSA);

        Thread.currentThread().interrupt();
        KeyLookup lookup = keys.await("new");

        assertThat(lookup).isInstanceOf(KeyLookup.Unavailable.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    private KeyUpkeep threads() {
        return new KeyUpkeep(clock, random(), (delay, task) -> {
            if (delay.isZero()) {
                Thread.startVirtualThread(task);
            }
        });
    }

    private void started(TestKey... held) {
        source.hold(held);
        keys.start();
        scheduler.run();
    }

    /**
     * The first call starts the fetch and gives up; the fetch lands; what the caller would have heard is what is known
     * now.
     */
    private KeyLookup awaited(String keyId) {
        KeyLookup first = keys.await(keyId);
        scheduler.run();
        KeyLookup then = keys.find(keyId);
        return first instanceof KeyLookup.Unavailable && then instanceof KeyLookup.Fetchable ? first : then;
    }
}
