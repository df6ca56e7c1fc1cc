package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {

    @ParameterizedTest
    @CsvSource({
        "redis://127.0.0.1, 127.0.0.1, 6379, 0, false, true",
        "redis://localhost:65535, localhost, 65535, 0, false, true",
        "redis://localhost:6380/2, localhost, 6380, 2, false, true",
        "redis://[::1]:1/, ::1, 1, 0, false, true",
        "redis://redis, redis, 6379, 0, false, false",
        "redis://10.0.0.1, 10.0.0.1, 6379, 0, false, false",
        "redis://127.0.0.1.example.com, 127.0.0.1.example.com, 6379, 0, false, false",
        "rediss://redis.example.com:6379/15, redis.example.com, 6379, 15, true, false",
    })
    void parse_anAddress_isItsParts(
            String text, String host, int port, int database, boolean secure, boolean loopback) {
        assertThat(RedisAddress.parse(text)).isEqualTo(new RedisAddress(host, port, database, secure, loopback));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "redis",
                "redis:",
                "redis:///0",
                "http://127.0.0.1",
                "REDIS://127.0.0.1",
                "redis://user:canary@127.0.0.1",
                "redis://:canary@127.0.0.1",
                "redis://127.0.0.1:0",
                "redis://127.0.0.1:65536",
                "redis://127.0.0.1/x",
                "redis://127.0.0.1/0/1",
                "redis://127.0.0.1/-1",
                "redis://127.0.0.1/12345",
                "redis://127.0.0.1?db=1",
                "redis://127.0.0.1#1",
                "redis://a b",
            })
    void parse_whatIsNone_isRefusedWithoutBeingQuoted(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisAddress.parse(text))
                .withMessageNotContaining("canary")
                .withNoCause();
    }
}
