package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AbsentKeysTest {

    private final TestClock clock = new TestClock();
    private final AbsentKeys absent = new AbsentKeys(clock);

    @Test
    void contains_aroundHalfAMinute_forgetsFromThatMoment() {
        absent.add("a");

        clock.advance(Duration.ofSeconds(30).minusNanos(1));
        assertThat(absent.contains("a")).isTrue();
        clock.advance(Duration.ofNanos(1));
        assertThat(absent.contains("a")).isFalse();
        assertThat(absent.contains("b")).isFalse();
    }

    @Test
    void add_oneMoreThanAThousand_forgetsTheEldest() {
        for (int i = 0; i < 1000; i++) {
            absent.add("k" + i);
        }
        assertThat(absent.contains("k0")).isTrue();

        absent.add("k1000");

        assertThat(absent.contains("k0")).isFalse();
        assertThat(absent.contains("k1")).isTrue();
        assertThat(absent.contains("k1000")).isTrue();
    }

    @Test
    void contains_clockPutBack_forgets() {
        absent.add("a");

        clock.advance(Duration.ofHours(-1));

        assertThat(absent.contains("a")).isFalse();
    }
}
