package dev.credbroker.secret;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void of_aText_isTheBeginningOfItsSha256() {
        assertThat(Fingerprint.of("abc")).hasToString("ba7816bf8f01cfea");
    }

    @Test
    void of_anotherText_differs() {
        assertThat(Fingerprint.of("abc")).isNotEqualTo(Fingerprint.of("abd"));
    }
}
