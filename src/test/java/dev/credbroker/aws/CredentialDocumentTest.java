package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialDocumentTest {

    private static final Instant END = Instant.parse("2026-01-31T12:00:00Z");

    @Test
    void json_ofCredentials_isWhatEveryClientReads() {
        CredentialDocument document = CredentialDocument.of(credentials("token+/="));

        assertThat(document.json().reveal())
                .isEqualTo("{\"Version\":1,\"AccessKeyId\":\"ASIATEST\",\"SecretAccessKey\":\"secret/+\","
                        + "\"SessionToken\":\"token+/=\",\"Token\":\"token+/=\","
                        + "\"Expiration\":\"2026-01-31T12:00:00Z\",\"AccountId\":\"123456789012\"}");
    }

    @Test
    void json_ofWhatNeedsEscaping_isAsciiAndStillJson() {
        CredentialDocument document = CredentialDocument.of(credentials("\"é\n"));

        assertThat(document.json().reveal()).isASCII().contains("\"Token\":\"\\\"\\u00E9\\n\"");
    }

    @Test
    void toString_showsNoSecret() {
        assertThat(CredentialDocument.of(credentials("token")).toString())
                .contains("ASIATEST")
                .doesNotContain("token", "secret/+");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 0, -1})
    void remaining_aroundTheEnd_countsDownThroughZero(long seconds) {
        CredentialDocument document = CredentialDocument.of(credentials("token"));

        assertThat(document.remaining(END.minusSeconds(seconds))).isEqualTo(Duration.ofSeconds(seconds));
    }

    private static SessionCredentials credentials(String token) {
        return new SessionCredentials("ASIATEST", Secret.of("secret/+"), Secret.of(token), END, "123456789012");
    }
}
