package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.credbroker.secret.Secret;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionCredentialsTest {

    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void toString_ofCredentials_saysNeitherSecret() {
        assertThat(credentials("ASIAEXAMPLE", "secret-canary", "token-canary", NOON)
                        .toString())
                .contains("ASIAEXAMPLE")
                .doesNotContain("canary");
    }

    @ParameterizedTest
    @CsvSource({"'', key, token", "' ', key, token", "ASIAEXAMPLE, '', token", "ASIAEXAMPLE, key, ''"})
    void credentials_withAnEmptyPart_areRefused(String id, String key, String token) {
        assertThatIllegalArgumentException().isThrownBy(() -> credentials(id, key, token, NOON));
    }

    @Test
    void expiration_withAFractionOfASecond_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> credentials("ASIAEXAMPLE", "key", "token", NOON.plusMillis(1)));
    }

    private static SessionCredentials credentials(String id, String key, String token, Instant expiration) {
        return new SessionCredentials(id, Secret.of(key), Secret.of(token), expiration, "123456789012");
    }
}
