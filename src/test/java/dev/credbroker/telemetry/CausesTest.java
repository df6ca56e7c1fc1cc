package dev.credbroker.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CausesTest {

    @Test
    void of_aChain_namesClassesAndPlacesAndNoMessage() {
        Throwable failure = new IllegalStateException("canary", new RuntimeException("canary"));

        assertThat(Causes.of(failure))
                .matches("java.lang.IllegalStateException at .*CausesTest.*, by java.lang.RuntimeException at .*")
                .doesNotContain("canary");
    }

    @Test
    void of_aChainWithoutEnd_endsAfterFive() {
        Throwable failure = new RuntimeException();
        for (int i = 0; i < 9; i++) {
            failure = new RuntimeException(failure);
        }

        assertThat(Causes.of(failure).split(", by ", -1)).hasSize(5);
    }
}
