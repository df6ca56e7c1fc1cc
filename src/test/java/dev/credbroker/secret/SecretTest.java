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

    /** FIPS 180-2, appendix B.1. */
    @Test
    void digest_isTheSha256OfTheText_eachTime() {
        Secret secret = Secret.of("abc");

        assertThat(secret.digest())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(secret.digest());
        assertThat(Secret.of("abd").digest()).isNotEqualTo(secret.digest());
    }
}
