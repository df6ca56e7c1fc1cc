package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleSessionNameTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 63, 64})
    void name_of2To64_isTaken(int length) {
        assertThat(new RoleSessionName("n".repeat(length)).text()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65})
    void name_of1Or65_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleSessionName("n".repeat(length)));
    }

    @Test
    void name_ofEveryCharacterThatAwsTakes_isTaken() {
        assertThat(RoleSessionName.fits("azAZ09_+=,.@-")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a:b", "a*", "a\\b", "äö", "a\n", "a{b}"})
    void name_ofAnotherCharacter_isRefused(String text) {
        assertThat(RoleSessionName.fits(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleSessionName(text));
    }
}
