package dev.credbroker.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.StrictTree;
import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonBoolean;
import dev.credbroker.oidc.JsonValue.JsonNull;
import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jose4j.json.JsonUtil;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/** What is taken as JSON, two other readers take as well, and as the same. */
class StrictJsonFuzzTest {

    @FuzzTest
    void object_anyOctets_isAbsentOrMeansOneThing(byte[] octets) throws JoseException {
        Optional<JsonObject> object = Cost.bounded(() -> StrictJson.object(octets));

        if (object.isPresent()) {
            assertThat(StrictTree.read(octets)).matches(tree -> same(object.get(), tree.orElseThrow()));
            Map<String, Object> other = JsonUtil.parseJson(new String(octets, UTF_8));
            assertThat(same(object.get(), other))
                    .as("%s as %s", object.get(), other)
                    .isTrue();
        }
    }

    private static boolean same(JsonValue value, JsonNode tree) {
        return switch (value) {
            case JsonText(String text) ->
                text.equals(tree.textValue()) && UTF_8.newEncoder().canEncode(text);
            case JsonNumber(String text) ->
                tree.isIntegralNumber()
                        ? new BigInteger(text).equals(tree.bigIntegerValue())
                        : Double.parseDouble(text) == tree.doubleValue();
            case JsonBoolean(boolean truth) -> tree.isBoolean() && truth == tree.booleanValue();
            case JsonNull _ -> tree.isNull();
            case JsonArray(var elements) ->
                tree.isArray()
                        && elements.size() == tree.size()
                        && IntStream.range(0, tree.size()).allMatch(i -> same(elements.get(i), tree.get(i)));
            case JsonObject(var members) ->
                tree.isObject()
                        && members.size() == tree.size()
                        && members.entrySet().stream()
                                .allMatch(member -> tree.has(member.getKey())
                                        && same(member.getValue(), tree.get(member.getKey())));
        };
    }

    /** Of its numbers only those that are whole and not too large: the other reader rounds. */
    private static boolean same(JsonValue value, @Nullable Object other) {
        return switch (value) {
            case JsonText(String text) -> text.equals(other);
            case JsonNumber number ->
                !(other instanceof Long whole) || new BigInteger(number.text()).equals(BigInteger.valueOf(whole));
            case JsonBoolean(boolean truth) -> Boolean.valueOf(truth).equals(other);
            case JsonNull _ -> other == null;
            case JsonArray(var elements) ->
                other instanceof List<?> list
                        && elements.size() == list.size()
                        && IntStream.range(0, list.size()).allMatch(i -> same(elements.get(i), list.get(i)));
            case JsonObject(var members) ->
                other instanceof Map<?, ?> map
                        && members.keySet().equals(map.keySet())
                        && members.entrySet().stream()
                                .allMatch(member -> same(member.getValue(), map.get(member.getKey())));
        };
    }
}
