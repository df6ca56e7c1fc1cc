package dev.credbroker.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {

    private record Holder(String name, Secret secret) {}

    @Test
    void toString_insideARecord_saysNothing() {
        assertThat(new Holder("a", Secret.of("canary")).toString()).doesNotContain("canary");
    }

    @Test
    void equals_sameText_isEqualWithTheSameHash() {
        assertThat(Secret.of("canary")).isEqualTo(Secret.of("canary")).hasSameHashCodeAs(Secret.of("canary"));
    }

    @Test
    void equals_otherText_differs() {
        assertThat(Secret.of("canary")).isNotEqualTo(Secret.of("canarx")).isNotEqualTo("canary");
    }
}
