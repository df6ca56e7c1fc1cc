package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.credbroker.outcome.Refusal.InvalidDuration;
import dev.credbroker.outcome.Refusal.Malformed;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The parameters of one request, each at most once and each known: from a query, a form or a JSON object. A text out of
 * JSON and one out of a form are the same parameter.
 */
final class Parameters {

    static final String ROLE = "role";
    static final String DURATION = "durationSeconds";
    static final String MIN_REMAINING = "minRemainingSeconds";
    static final String SAML_RESPONSE = "samlResponse";
    static final String TOKEN = "token";

    /** What identity providers' forms call {@link #SAML_RESPONSE}. */
    private static final String FORM_SAML_RESPONSE = "SAMLResponse";

    /** Identity providers' forms carry it; it means nothing here. */
    private static final String RELAY_STATE = "RelayState";

    private static final Set<String> NUMBERS = Set.of(DURATION, MIN_REMAINING);

    /**
     * What the decoder drops without a word: all that follows a {@code #}, a question mark at the beginning, and the sign
     * of equality before which there is no name. Others who read the same would see more.
     */
    private static final Pattern LOST = Pattern.compile("#|^\\?|(?:^|&)=");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(4)
                    .maxNumberLength(32)
                    .maxNameLength(64)
                    .maxStringLength(Limits.BODY)
                    .build())
            .build();

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** @throws Unreadable if a parameter is none of {@code known}, stands twice, or is not encoded as it should be */
    static Parameters ofQuery(String query, Set<String> known) throws Unreadable {
        return new Parameters(single(decoded(query), known, Map.of()));
    }

    /** @throws Unreadable as {@link #ofQuery} does */
    static Parameters ofForm(byte[] body, Set<String> known) throws Unreadable {
        Map<String, List<String>> fields = new HashMap<>(decoded(utf8(body)));
        fields.remove(RELAY_STATE);
        return new Parameters(single(fields, known, Map.of(FORM_SAML_RESPONSE, SAML_RESPONSE)));
    }

    /** @throws Unreadable as {@link #ofQuery} does, or if the body is not exactly one flat JSON object of texts and integers */
    static Parameters ofJson(byte[] body, Set<String> known) throws Unreadable {
        try (JsonParser parser = JSON.createParser(utf8(body))) {
            Map<String, String> values = members(parser, known);
            if (parser.nextToken() != null) {
                throw malformed("json", "the body holds more than one JSON object");
            }
            return new Parameters(values);
        } catch (IOException e) {
            throw malformed("json", "the body is one JSON object, each member at most once");
        }
    }

    private static Map<String, String> members(JsonParser parser, Set<String> known) throws IOException, Unreadable {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw malformed("json", "the body is one JSON object");
        }
        Map<String, String> values = new HashMap<>();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            if (!known.contains(name)) {
                throw unknown(known);
            }
            values.put(name, member(name, parser));
        }
        return values;
    }

    private static String member(String name, JsonParser parser) throws IOException, Unreadable {
        JsonToken token = parser.nextToken();
        if (token == JsonToken.VALUE_STRING && !(NUMBERS.contains(name) && isDigits(parser.getText()))) {
            return parser.getText();
        }
        if (token == JsonToken.VALUE_NUMBER_INT && NUMBERS.contains(name)) {
            return parser.getText();
        }
        throw NUMBERS.contains(name)
                ? new Unreadable(new InvalidDuration("not-an-integer", name + " is a JSON integer of seconds"))
                : malformed("json-type", name + " is a JSON text");
    }

    private static boolean isDigits(String text) {
        return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
    }

    private static Map<String, List<String>> decoded(String encoded) throws Unreadable {
        if (LOST.matcher(encoded).find()) {
            throw notEncoded();
        }
        try {
            // One more than there may be, so that too many can be told from just enough.
            Map<String, List<String>> fields = new QueryStringDecoder(
                            encoded, StandardCharsets.UTF_8, false, Limits.PARAMETERS + 1, true)
                    .parameters();
            if (fields.values().stream().mapToInt(List::size).sum() > Limits.PARAMETERS) {
                throw malformed("too-many-parameters", "there are too many parameters");
            }
            return fields;
        } catch (IllegalArgumentException e) {
            throw notEncoded();
        }
    }

    private static Map<String, String> single(
            Map<String, List<String>> fields, Set<String> known, Map<String, String> aliases) throws Unreadable {
        Map<String, String> values = new HashMap<>();
        for (Map.Entry<String, List<String>> field : fields.entrySet()) {
            String name = aliases.getOrDefault(field.getKey(), field.getKey());
            if (!known.contains(name)) {
                throw unknown(known);
            }
            if (field.getValue().size() > 1 || values.put(name, field.getValue().getFirst()) != null) {
                throw malformed("repeated-parameter", name + " stands more than once");
            }
        }
        return values;
    }

    private static String utf8(byte[] body) throws Unreadable {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw malformed("encoding", "the body is not UTF-8");
        }
    }

    private static Unreadable notEncoded() {
        return malformed("percent-encoding", "a parameter is not percent-encoded UTF-8");
    }

    private static Unreadable unknown(Set<String> known) {
        return malformed(
                "unknown-parameter",
                known.isEmpty()
                        ? "no parameter is known here"
                        : "an unknown parameter; known here: "
                                + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    private static Unreadable malformed(String reason, String advice) {
        return new Unreadable(new Malformed(reason, advice));
    }
}
