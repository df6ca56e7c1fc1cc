package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalIdTest {

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 1223, 1224})
    void id_of2To1224_isTaken(int length) {
        assertThat(new ExternalId("x".repeat(length)).text()).hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1225})
    void id_of1Or1225_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ExternalId("x".repeat(length)));
    }

    @Test
    void id_ofEveryCharacterThatAwsTakes_isTaken() {
        assertThat(new ExternalId("azAZ09_+=,.@:/-")).hasToString("azAZ09_+=,.@:/-");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a*b", "äö", "ab\n"})
    void id_ofAnotherCharacter_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new ExternalId(text));
    }
}
