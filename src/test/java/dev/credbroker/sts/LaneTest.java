package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.sts.ExchangeFailure.Throttled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LaneTest {

    private static final Principal ALICE = new Principal("corp", List.of("alice"));
    private static final Principal BOB = new Principal("corp", List.of("bob"));
    private static final Principal CAROL = new Principal("corp", List.of("carol"));
    private static final Duration LONG = Duration.ofMinutes(1);

    private final TestTime time = new TestTime();

    /** Whose turns came, in their order. */
    private final List<Principal> served = Collections.synchronizedList(new ArrayList<>());

    @Test
    void enter_whileThereIsRoom_isATurnAtOnce() throws Exception {
        Lane lane = lane(2, 100);

        Lane.Turn first = lane.enter(ALICE, Duration.ZERO);
        Lane.Turn second = lane.enter(BOB, Duration.ZERO);
        Waiter third = waiter(lane, ALICE, LONG);
        assertThat(third.hasTurn()).isFalse();

        first.close();
        third.awaitTurn();
        second.close();
    }

    @Test
    void enter_aboveThePace_isATurnWhenItsTimeHasCome() throws Exception {
        Lane lane = lane(100, 10);
        burst(lane, 10);

        Waiter waiter = waiter(lane, ALICE, LONG);
        time.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(waiter.hasTurn()).isFalse();

        time.advance(Duration.ofNanos(1));
        waiter.awaitTurn();
    }

    @Test
    void enter_whereTheTurnWouldComeTooLate_isRefusedAtOnceWithTheTimeItWouldTake() throws Exception {
        Lane lane = lane(100, 10);
        burst(lane, 10);
        for (int i = 0; i < 9; i++) {
            waiter(lane, ALICE, LONG);
        }

        assertThat(refusal(lane, ALICE, Duration.ofSeconds(1).minusNanos(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(waiter(lane, ALICE, Duration.ofSeconds(1)).hasTurn()).isFalse();
    }

    @Test
    void enter_whereCallsAreSlowAndFew_isRefusedByTheTimeThatTheyTake() throws Exception {
        Lane lane = lane(1, 1000);
        Lane.Turn slow = lane.enter(ALICE, LONG);
        time.advance(Duration.ofSeconds(2));
        slow.close();
        Lane.Turn _ = lane.enter(ALICE, LONG);

        assertThat(refusal(lane, BOB, Duration.ofMillis(1999))).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void turns_ofOneThatSendsMuch_areTakenBetweenThoseOfOthers() throws Exception {
        Lane lane = lane(1, 1000);
        Lane.Turn busy = lane.enter(CAROL, LONG);
        for (int i = 0; i < 10; i++) {
            waiter(lane, ALICE, LONG);
        }
        waiter(lane, BOB, LONG);
        waiter(lane, CAROL, LONG);

        passThrough(busy, 12);

        assertThat(served.subList(0, 3)).containsExactly(ALICE, BOB, CAROL);
        assertThat(served.subList(3, 12)).containsOnly(ALICE);
    }

    @Test
    void enter_whileAnotherFloods_isNotRefusedWhenTheOtherIs() throws Exception {
        Lane lane = lane(100, 10);
        burst(lane, 10);
        for (int i = 0; i < 10; i++) {
            waiter(lane, ALICE, Duration.ofSeconds(1));
        }

        assertThat(refusal(lane, ALICE, Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(1100));
        waiter(lane, BOB, Duration.ofMillis(200));
    }

    /** Slow calls of one, however many, leave half of the places to others. */
    @Test
    void enter_whileAnotherHasAllThatItMay_isATurnAtOnce() throws Exception {
        Lane lane = lane(4, 1000);
        Lane.Turn first = lane.enter(ALICE, Duration.ZERO);
        Lane.Turn _ = lane.enter(ALICE, Duration.ZERO);
        Waiter third = waiter(lane, ALICE, LONG);
        assertThat(third.hasTurn()).isFalse();

        waiter(lane, BOB, LONG).awaitTurn();
        waiter(lane, CAROL, LONG).awaitTurn();
        assertThat(third.hasTurn()).isFalse();

        first.close();
        third.awaitTurn();
    }

    @Test
    void enter_thatWaitsInVain_isRefusedAndLeavesNothingBehind() {
        Lane lane = lane(1, 1000);
        Lane.Turn busy = lane.enter(CAROL, LONG);

        assertThat(refusal(lane, ALICE, Duration.ofMillis(1))).isPositive();
        busy.close();

        assertThat(lane.isIdle()).isTrue();
        lane.enter(BOB, Duration.ZERO).close();
    }

    @Test
    void enter_ofAnInterruptedCaller_isRefusedAndTheCallerStaysInterrupted() throws Exception {
        Lane lane = lane(1, 1000);
        Lane.Turn busy = lane.enter(CAROL, LONG);
        Waiter waiter = waiter(lane, ALICE, LONG);

        waiter.thread.interrupt();
        waiter.thread.join();

        assertThat(waiter.interrupted).isTrue();
        busy.close();
        assertThat(lane.isIdle()).isTrue();
    }

    /** Whoever may name accounts, and so lanes, would else have all connections of the region. */
    @Test
    void enter_whileTheRegionHasNoRoomForTheCaller_isRefusedAtOnceInEveryLane() throws Exception {
        Places region = new Places(10, 2);
        Lane one = lane(4, 1000, region);
        Lane other = lane(4, 1000, region);
        Lane.Turn first = one.enter(ALICE, LONG);
        Lane.Turn _ = other.enter(ALICE, LONG);

        assertThat(refusal(other, ALICE, LONG)).isEqualTo(Duration.ofSeconds(1));
        other.enter(BOB, Duration.ZERO).close();

        first.close();
        other.enter(ALICE, Duration.ZERO).close();
    }

    @Test
    void enter_thatIsRefusedForItsWait_keepsNoPlaceInTheRegion() {
        Places region = new Places(10, 2);
        Lane lane = lane(1, 1000, region);
        Lane.Turn busy = lane.enter(CAROL, LONG);

        for (int i = 0; i < 3; i++) {
            assertThat(refusal(lane, ALICE, Duration.ZERO)).isLessThan(Duration.ofSeconds(1));
        }
        busy.close();

        assertThat(region.areFree()).isTrue();
    }

    @Test
    void throttled_slowsTheLaneDown() {
        Lane lane = lane(100, 10);

        lane.throttled();
        burst(lane, 7);

        assertThat(refusal(lane, ALICE, Duration.ofMillis(100))).isGreaterThan(Duration.ofMillis(100));
    }

    private Lane lane(int concurrency, int perSecond) {
        return lane(concurrency, perSecond, new Places(1000, 1000));
    }

    private Lane lane(int concurrency, int perSecond, Places ofRegion) {
        return new Lane(concurrency, perSecond, ofRegion, time, time);
    }

    /** Uses up what may begin at once. */
    private static void burst(Lane lane, int calls) {
        for (int i = 0; i < calls; i++) {
            lane.enter(CAROL, Duration.ZERO).close();
        }
    }

    private static Duration refusal(Lane lane, Principal principal, Duration patience) {
        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> lane.enter(principal, patience));
        assertThat(failed).as("no turn").isNotNull();
        assertThat(failed.failure()).isInstanceOf(Throttled.class);
        return ((Throttled) failed.failure()).retryAfter();
    }

    /** Ends one call after the other, each when the next has begun. */
    private void passThrough(Lane.Turn first, int calls) throws InterruptedException {
        first.close();
        for (int i = 0; i < calls; i++) {
            turns.take().close();
        }
    }

    private final BlockingQueue<Lane.Turn> turns = new LinkedBlockingQueue<>();

    private Waiter waiter(Lane lane, Principal principal, Duration patience) throws InterruptedException {
        Waiter waiter = new Waiter(lane, principal, patience);
        waiter.awaitItsPlace();
        return waiter;
    }

    /** A caller that waits in a thread of its own. */
    private final class Waiter {

        private final CountDownLatch turn = new CountDownLatch(1);
        private final Thread thread;
        private volatile boolean interrupted;

        Waiter(Lane lane, Principal principal, Duration patience) {
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    Lane.Turn own = lane.enter(principal, patience);
                    served.add(principal);
                    turns.add(own);
                    turn.countDown();
                } catch (ExchangeFailed e) {
                    interrupted = Thread.currentThread().isInterrupted();
                }
            });
        }

        /** Until it waits or has its turn: threads in a queue cannot be told apart from outside in another way. */
        void awaitItsPlace() {
            while (thread.getState() != Thread.State.TIMED_WAITING && thread.getState() != Thread.State.TERMINATED) {
                Thread.onSpinWait();
            }
        }

        boolean hasTurn() {
            return turn.getCount() == 0;
        }

        void awaitTurn() throws InterruptedException {
            turn.await();
        }
    }
}
