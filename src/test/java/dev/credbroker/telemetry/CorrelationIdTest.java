package dev.credbroker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorrelationIdTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64})
    void id_of1To64Characters_isTaken(int length) {
        assertThat(new CorrelationId("x".repeat(length)).text()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void id_of0Or65Characters_isRefused(int length) {
        assertThat(CorrelationId.fits("x".repeat(length))).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new CorrelationId("x".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a\nb", "a\r\nSet-Cookie: b", "a/b", "a%0a", "ä", "a\"", "a\n"})
    void id_thatCouldBreakALineOrAHeader_isRefused(String text) {
        assertThat(CorrelationId.fits(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new CorrelationId(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "AZaz09._-", "0198c0de-0000-7000-8000-000000000000"})
    void id_ofSafeCharacters_isTaken(String text) {
        assertThat(new CorrelationId(text)).hasToString(text);
    }
}
