package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceIdentityTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 63, 64})
    void identity_of2To64_isTaken(int length) {
        assertThat(new SourceIdentity("n".repeat(length)).text()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65})
    void identity_of1Or65_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceIdentity("n".repeat(length)));
    }

    @Test
    void identity_ofEveryCharacterThatAwsTakes_isTaken() {
        assertThat(new SourceIdentity("azAZ09_+=,.@-")).hasToString("azAZ09_+=,.@-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a/b", "a:b", "a*", "a\\b", "äö", "a\n", "a{b}"})
    void identity_ofAnotherCharacter_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new SourceIdentity(text));
    }
}
