package dev.credbroker.roles;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * An inline session policy whose JSON strings may hold places.
 *
 * <p>The document is parsed before anything is filled in, and a value enters only a string, and only as
 * {@code [A-Za-z0-9._@=,+-]+}: no value can close a string, add a statement, or widen a resource by {@code *},
 * {@code ?}, {@code $} or {@code /} (Apache Polaris CVE-2026-42809 and its kin). Keys are never templates.
 */
public final class PolicyTemplate {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9._@=,+-]+");
    /**
     * AWS's own policy variables are the policy author's and stay as they are: <code>${aws:username}</code>, say, or
     * <code>${*}</code>, <code>${?}</code> and <code>${$}</code> for the characters themselves. All others have a colon,
     * so what has none was meant to be a place.
     */
    private static final Pattern POLICY_VARIABLE = Pattern.compile("\\$\\{([^{}]*:[^{}]*|[*?$])}");

    /** How a policy variable is written between reading and filling: a place of the author's must not pass for one. */
    private static final Pattern DOLLAR_IN_A_PLACE = Pattern.compile("(?<!\\$)\\{\\$");

    private final JsonNode document;
    private final Map<String, Template> strings;

    private PolicyTemplate(JsonNode document, Map<String, Template> strings) {
        this.document = document;
        this.strings = Map.copyOf(strings);
    }

    /** @throws IllegalArgumentException if {@code text} is not one JSON object with a statement, or has a bad template */
    public static PolicyTemplate parse(String text) {
        JsonNode document = read(text);
        if (!document.isObject() || document.path("Statement").isEmpty()) {
            throw new IllegalArgumentException(
                    "a session policy is a JSON object with at least one Statement; an empty one would grant the whole role");
        }
        Map<String, Template> strings = new HashMap<>();
        collect(document, strings);
        return new PolicyTemplate(document, strings);
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("the session policy is not valid JSON");
        }
    }

    private static void collect(JsonNode node, Map<String, Template> strings) {
        if (node.isTextual()) {
            strings.put(node.textValue(), parseString(node.textValue()));
        }
        node.forEach(child -> collect(child, strings));
    }

    private static Template parseString(String text) {
        if (DOLLAR_IN_A_PLACE.matcher(text).find()) {
            throw new IllegalArgumentException(
                    "no place begins with a dollar: AWS's own policy variables are written ${...}, with the dollar before the brace");
        }
        return Template.parse(text, POLICY_VARIABLE);
    }

    /**
     * The policy as compact JSON; absent if a place has no value, several, or one that is not harmless or runs into its
     * neighbour.
     */
    public Optional<String> fill(Function<String, Optional<String>> values) {
        return filled(
                        document,
                        place -> values.apply(place)
                                .filter(value -> HARMLESS.matcher(value).matches()))
                .map(JsonNode::toString);
    }

    private Optional<JsonNode> filled(JsonNode node, Function<String, Optional<String>> values) {
        return switch (node) {
            case ObjectNode object -> filledObject(object, values);
            case ArrayNode array -> filledArray(array, values);
            default -> node.isTextual() ? filledText(template(node.textValue()).fill(values)) : Optional.of(node);
        };
    }

    private static Optional<JsonNode> filledText(Filling filling) {
        return filling instanceof Filling.Distinct(String text)
                ? Optional.of(JsonNodeFactory.instance.textNode(text))
                : Optional.empty();
    }

    private Template template(String text) {
        return Objects.requireNonNull(strings.get(text), "every string was read at the start");
    }

    private Optional<JsonNode> filledObject(ObjectNode object, Function<String, Optional<String>> values) {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            Optional<JsonNode> value = filled(member.getValue(), values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            result.set(member.getKey(), value.get());
        }
        return Optional.of(result);
    }

    private Optional<JsonNode> filledArray(ArrayNode array, Function<String, Optional<String>> values) {
        ArrayNode result = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : array) {
            Optional<JsonNode> value = filled(element, values);
            if (value.isEmpty()) {
                return Optional.empty();
            }
            result.add(value.get());
        }
        return Optional.of(result);
    }

    /** As {@link Template#confused} says, of any of the strings. */
    Optional<List<String>> confused(Set<String> providers) {
        return strings.values().stream()
                .flatMap(template -> template.confused(providers).stream())
                .findFirst();
    }

    /** What the policy asks for. */
    public Set<String> places() {
        return strings.values().stream()
                .flatMap(template -> template.places().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether some text of it does not tell two providers' people of one subject apart. */
    boolean namesSubjectAlone() {
        return strings.values().stream().anyMatch(Template::namesSubjectAlone);
    }
}
