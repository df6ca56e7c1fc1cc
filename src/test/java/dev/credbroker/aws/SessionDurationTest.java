package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionDurationTest {

    @ParameterizedTest
    @ValueSource(ints = {900, 901, 43_199, 43_200})
    void duration_of900To43200Seconds_isTaken(int seconds) {
        assertThat(new SessionDuration(seconds).asDuration()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -900, 0, 899, 43_201, Integer.MAX_VALUE})
    void duration_of899Or43201Seconds_isRefused(int seconds) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SessionDuration(seconds));
    }

    @Test
    void of_fourHours_is14400Seconds() {
        assertThat(SessionDuration.of(Duration.ofHours(4))).isEqualTo(new SessionDuration(14_400));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PT-1H",
                "PT0S",
                "PT14M59S",
                "PT14M59.999S",
                "PT1H0.5S",
                "PT12H0.001S",
                "PT12H1S",
                "PT1193046H28M16S"
            })
    void of_whatStsDoesNotTake_isRefused(String duration) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionDuration.of(Duration.parse(duration)));
    }

    @Test
    void smaller_ofTwo_isTheSmaller() {
        assertThat(SessionDuration.smaller(SessionDuration.LONGEST, SessionDuration.SHORTEST))
                .isEqualTo(new SessionDuration(900));
        assertThat(SessionDuration.smaller(SessionDuration.SHORTEST, SessionDuration.LONGEST))
                .isEqualTo(new SessionDuration(900));
    }
}
