package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.oidc.JsonValue.JsonNumber;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    @Test
    void object_depthAroundTheLimit_isAbsentFromOneMore() {
        assertThat(read(nested(15))).isPresent();
        assertThat(read(nested(16))).isPresent();
        assertThat(read(nested(17))).isEmpty();
    }

    /** The object itself is one level. */
    private static String nested(int depth) {
        return "{\"a\":" + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}";
    }

    @Test
    void object_numberAroundTheLimit_isAbsentFromOneMore() {
        assertThat(read("{\"a\":" + "9".repeat(31) + "}")).isPresent();
        assertThat(read("{\"a\":" + "9".repeat(32) + "}")).isPresent();
        assertThat(read("{\"a\":" + "9".repeat(33) + "}")).isEmpty();
        assertThat(read("{\"a\":0." + "9".repeat(33) + "}")).isEmpty();
    }

    @Test
    void object_textAroundTheLimit_isAbsentFromOneMore() {
        assertThat(read("{\"a\":\"" + "x".repeat(8191) + "\"}")).isPresent();
        assertThat(read("{\"a\":\"" + "x".repeat(8192) + "\"}")).isPresent();
        assertThat(read("{\"a\":\"" + "x".repeat(8193) + "\"}")).isEmpty();
    }

    @Test
    void object_nameAroundTheLimit_isAbsentFromOneMore() {
        assertThat(read("{\"" + "x".repeat(8192) + "\":1}")).isPresent();
        assertThat(read("{\"" + "x".repeat(8193) + "\":1}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "-0", "0", "12345678901234567890123456789012", "1.50", "1e5", "1E+05", "-0.0"})
    void object_number_keepsItsSpelling(String number) {
        assertThat(read("{\"a\":" + number + "}").flatMap(object -> object.member("a")))
                .contains(new JsonNumber(number));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "1",
                "{} {}",
                "{}\u0000",
                "\ufeff{}",
                "{\"a\":01}",
                "{\"a\":+1}",
                "{\"a\":.5}",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\ud800\"}",
                "{\"a\":\"\\udc00\\ud800\"}",
                "{\"\\ud800\":1}",
                "{\"a\":1,\"a\":1}",
                "{\"b\":{\"a\":1,\"\\u0061\":1}}",
                "{\"b\":[{\"a\":1,\"a\":1}]}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1,}",
                "{\"a\":[1,]}",
                "{\"a\":1}//",
                "{\"a\"",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\udfff\"}"
            })
    void object_anythingElse_isAbsent(String json) {
        assertThat(read(json)).isEmpty();
    }

    @Test
    void object_invalidUtf8_isAbsent() {
        byte[] overlong = {'{', '"', 'a', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        byte[] surrogate = {'{', '"', 'a', '"', ':', '"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"', '}'};

        assertThat(StrictJson.object(overlong)).isEmpty();
        assertThat(StrictJson.object(surrogate)).isEmpty();
    }

    @Test
    void object_otherEncodingOfUnicode_isAbsent() {
        assertThat(StrictJson.object("{}".getBytes(StandardCharsets.UTF_16LE))).isEmpty();
    }

    private static Optional<JsonValue.JsonObject> read(String json) {
        return StrictJson.object(json.getBytes(StandardCharsets.UTF_8));
    }
}
