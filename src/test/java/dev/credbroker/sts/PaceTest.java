package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final TestTime time = new TestTime();
    private final Pace pace = new Pace(10, time);

    @Test
    void take_asOftenAsAllowed_isFreeAndTheNextMustWaitForItsShareOfASecond() {
        assertThat(taken(20)).isEqualTo(10);
        assertThat(pace.take()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void take_whenItsTimeHasCome_isFreeAgainAndNoSooner() {
        assertThat(taken(20)).isEqualTo(10);

        time.advance(Duration.ofMillis(100).minusNanos(1));
        assertThat(taken(1)).isZero();
        time.advance(Duration.ofNanos(1));
        assertThat(taken(2)).isOne();
    }

    @Test
    void take_afterALongRest_isABurstOfOneSecondAtMost() {
        time.advance(Duration.ofHours(1));

        assertThat(taken(20)).isEqualTo(10);
    }

    @Test
    void slowDown_cutsThePaceByALittleLessThanAThird() {
        pace.slowDown();

        assertThat(pace.perSecond()).isEqualTo(7);
        assertThat(taken(20)).isEqualTo(7);
    }

    @Test
    void slowDown_ofCallsThatWereThrottledTogether_countsOnce() {
        pace.slowDown();
        time.advance(SECOND.minusNanos(1));
        pace.slowDown();
        assertThat(pace.perSecond()).isEqualTo(7);

        time.advance(Duration.ofNanos(1));
        pace.slowDown();
        assertThat(pace.perSecond()).isCloseTo((7 + 1) * 0.7, within(0.001));
    }

    @Test
    void slowDown_howeverOften_leavesOneCallASecond() {
        for (int i = 0; i < 100; i++) {
            pace.slowDown();
            time.advance(SECOND);
        }
        pace.slowDown();

        assertThat(pace.perSecond()).isGreaterThanOrEqualTo(1);
        assertThat(new Pace(1, time).take()).isZero();
    }

    @Test
    void pace_tenSecondsAfterTheLastThrottling_isWhole() {
        pace.slowDown();
        time.advance(SECOND);
        assertThat(pace.perSecond()).isEqualTo(8);

        time.advance(Duration.ofSeconds(9));
        assertThat(pace.perSecond()).isEqualTo(10);
        assertThat(taken(20)).isEqualTo(10);
    }

    @Test
    void pace_fromItsSlowest_isWholeWithinTenSeconds() {
        Pace slow = new Pace(100, time);
        for (int i = 0; i < 50; i++) {
            slow.slowDown();
            time.advance(SECOND);
        }

        time.advance(Duration.ofSeconds(10));

        assertThat(slow.perSecond()).isEqualTo(100);
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            if (pace.take().isZero()) {
                taken++;
            }
        }
        return taken;
    }
}
