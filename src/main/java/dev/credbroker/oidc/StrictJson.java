package dev.credbroker.oidc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonBoolean;
import dev.credbroker.oidc.JsonValue.JsonNull;
import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON object that others wrote, and nothing that two readers could understand in two ways: no member twice
 * (RFC 8725, section 2.4), no invalid UTF-8, no lone surrogate, nothing after the object, nothing deep or long.
 */
final class StrictJson {

    private static final int DEEPEST = 16;
    private static final int LONGEST_NUMBER = 32;
    private static final int LONGEST_TEXT = 8192;

    /** Names are not interned: a table that outlives the token would be filled by strangers. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(LONGEST_NUMBER)
                    .maxStringLength(LONGEST_TEXT)
                    .maxNameLength(LONGEST_TEXT)
                    .build())
            .build();

    private StrictJson() {}

    /** Absent if {@code utf8} is anything but one such object. */
    static Optional<JsonObject> object(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(decoded(utf8))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            JsonObject object = object(parser);
            return parser.nextToken() == null ? Optional.of(object) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static String decoded(byte[] utf8) throws IOException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = wellFormed(parser.currentName());
            if (members.putIfAbsent(name, value(parser, parser.nextToken())) != null) {
                throw new IOException("a member twice");
            }
        }
        return new JsonObject(members);
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        List<JsonValue> elements = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            elements.add(value(parser, token));
        }
        return new JsonArray(elements);
    }

    /** Recursion is bounded by {@link #DEEPEST}. */
    private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonText(wellFormed(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonNumber(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new JsonBoolean(token == JsonToken.VALUE_TRUE);
            case VALUE_NULL -> new JsonNull();
            case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
                throw new IOException("no value");
        };
    }

    /** A lone surrogate has no UTF-8: in a digest it would equal a question mark. */
    private static String wellFormed(String text) throws IOException {
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw new IOException("a lone surrogate");
        }
        return text;
    }
}
