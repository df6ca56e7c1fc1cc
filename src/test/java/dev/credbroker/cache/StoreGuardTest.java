package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.cache.StoreGuard.Command;
import dev.credbroker.cache.StoreGuard.Result;
import dev.credbroker.cache.StoreTrouble.Kind;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class StoreGuardTest {

    private static final Duration MOST = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final TestTicker ticker = new TestTicker();
    private final TestWaiting waiting = new TestWaiting();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StoreGuard guard = new StoreGuard(MOST, threads, waiting, ticker, registry);

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void call_thatEnds_bringsWhatItBroughtAndIsCounted() {
        assertThat(call(() -> "there")).contains("there");

        assertThat(count(Result.HIT)).isOne();
        assertThat(waiting.limits).containsExactly(MOST);
    }

    @Test
    void call_thatTakesTooLong_isNothingAndItsThreadIsInterrupted() throws InterruptedException {
        AtomicBoolean endless = new AtomicBoolean(true);
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        waiting.endless(() -> {
            awaits(begun);
            return endless.get();
        });

        Optional<String> brought = call(() -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.countDown();
            }
            return "too late";
        });

        assertThat(brought).isEmpty();
        interrupted.await();
        assertThat(count(Result.TIMEOUT)).isOne();
    }

    @Test
    void call_thatBreaks_isNothing() {
        assertThat(call(StoreGuardTest::brokenDown)).isEmpty();
        assertThat(call(() -> {
                    throw new IllegalStateException("a bug");
                }))
                .isEmpty();

        assertThat(count(Result.ERROR)).isEqualTo(2);
    }

    @Test
    void call_withoutAThread_isNothing() {
        threads.shutdown();

        assertThat(call(() -> "there")).isEmpty();
        assertThat(count(Result.ERROR)).isOne();
    }

    @Test
    void call_ofWhoIsInterrupted_isNothingAndItStaysInterrupted() {
        waiting.endless(() -> false);
        Thread.currentThread().interrupt();

        Optional<String> brought = call(() -> {
            new CountDownLatch(1).await();
            return "never";
        });

        assertThat(Thread.interrupted()).isTrue();
        assertThat(brought).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void call_afterFewFailuresInARow_isMade(int failures) {
        fail(failures);

        assertThat(call(() -> "there")).contains("there");
        assertThat(guard.reachable()).isTrue();
    }

    @Test
    void call_afterThreeFailuresInARow_isNotMade() {
        fail(3);

        assertThat(call(() -> {
                    throw new AssertionError("made");
                }))
                .isEmpty();
        assertThat(guard.reachable()).isFalse();
        assertThat(count(Result.SKIPPED)).isOne();
        assertThat(count(Result.ERROR)).isEqualTo(3);
    }

    @Test
    void failures_withASuccessBetween_areNotInARow() {
        fail(2);
        call(() -> "there");
        fail(2);

        assertThat(guard.reachable()).isTrue();
    }

    /** What refuses to write still answers what it is asked. */
    @Test
    void refusals_inARow_areErrorsButLeaveTheStoreBeAsked() {
        for (int i = 0; i < 5; i++) {
            call(() -> {
                throw new StoreTrouble(Kind.REFUSED);
            });
        }

        assertThat(guard.reachable()).isTrue();
        assertThat(count(Result.ERROR)).isEqualTo(5);
    }

    @Test
    void call_justBeforeThePauseIsOver_isNotMade() {
        fail(3);
        ticker.advance(PAUSE.minusNanos(1));

        assertThat(call(() -> "there")).isEmpty();
    }

    @Test
    void call_onceThePauseIsOver_triesTheStoreAndEndsThePause() {
        fail(3);
        ticker.advance(PAUSE);

        assertThat(call(() -> "there")).contains("there");
        assertThat(guard.reachable()).isTrue();
        assertThat(call(() -> "again")).contains("again");
    }

    @Test
    void call_whileAnotherTriesTheStore_isNotMade() {
        fail(3);
        ticker.advance(PAUSE);
        Optional<Optional<String>> during = call(() -> call(() -> "second"), _ -> Result.HIT);

        assertThat(during).contains(Optional.empty());
    }

    @Test
    void trial_thatFails_beginsAnotherPause() {
        fail(3);
        ticker.advance(PAUSE);
        fail(1);

        assertThat(call(() -> "there")).isEmpty();
        ticker.advance(PAUSE);
        assertThat(call(() -> "there")).contains("there");
    }

    @ParameterizedTest
    @EnumSource
    void call_ofEachCommand_isCountedByIt(Command command) {
        guard.call(command, () -> "", _ -> Result.DONE);

        assertThat(registry.get(Meters.STORE_COMMANDS)
                        .tags(Meters.COMMAND, command.name().toLowerCase(Locale.ROOT), Meters.RESULT, "done")
                        .timer()
                        .count())
                .isOne();
    }

    private Optional<String> call(Callable<String> act) {
        return call(act, _ -> Result.HIT);
    }

    private <T> Optional<T> call(Callable<T> act, Function<T, Result> told) {
        return guard.call(Command.FIND, act, told);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            call(StoreGuardTest::brokenDown);
        }
    }

    private static String brokenDown() throws StoreTrouble {
        throw new StoreTrouble(Kind.BROKEN);
    }

    private long count(Result result) {
        Timer timer = registry.find(Meters.STORE_COMMANDS)
                .tag(Meters.RESULT, result.name().toLowerCase(Locale.ROOT))
                .timer();
        return timer == null ? 0 : timer.count();
    }

    private static void awaits(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
