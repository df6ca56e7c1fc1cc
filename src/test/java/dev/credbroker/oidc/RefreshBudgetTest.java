package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshBudgetTest {

    private final TestClock clock = new TestClock();
    private final RefreshBudget budget = new RefreshBudget(clock);

    @Test
    void take_threeAtOnce_areGrantedTheFourthIsNot() {
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isTrue();
        assertThat(budget.left()).isTrue();
        assertThat(budget.take()).isTrue();
        assertThat(budget.left()).isFalse();
        assertThat(budget.take()).isFalse();
    }

    @Test
    void take_afterHalfAMinute_oneMoreIsGranted() {
        spend();

        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(budget.take()).isFalse();
        clock.advance(Duration.ofNanos(1));
        assertThat(budget.take()).isTrue();
        assertThat(budget.take()).isFalse();
    }

    @Test
    void take_afterALongTime_noMoreThanThreeAreGranted() {
        clock.advance(Duration.ofDays(1));

        spend();

        assertThat(budget.take()).isFalse();
    }

    @Test
    void take_clockPutBack_isGrantedAgain() {
        spend();

        clock.advance(Duration.ofHours(-1));

        assertThat(budget.take()).isTrue();
    }

    private void spend() {
        for (int i = 0; i < RefreshBudget.BURST; i++) {
            assertThat(budget.take()).isTrue();
        }
    }
}
