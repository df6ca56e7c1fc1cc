package dev.credbroker.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A template with parameters put in, as CloudFormation would make its resources. Whatever a function refers to that is not
 * there, and a function that is not known here, is an error.
 */
public final class CloudFormation {

    static final Path DIRECTORY = Path.of("deploy/aws");
    static final String ACCOUNT = "123456789012";

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9:.]+)}");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Object NO_VALUE = new Object();

    private final Map<String, Object> template;
    private final Map<String, Object> parameters;
    private final JsonNode types;

    private CloudFormation(Map<String, Object> template, Map<String, Object> parameters) {
        this.template = template;
        this.parameters = parameters;
        this.types = Yaml.read(Path.of("src/test/resources/cloudformation/iam.json"));
    }

    /** @param given values of parameters; lists with commas. {@code AWS::Partition} is {@code aws} unless it is among them */
    public static CloudFormation of(String file, Map<String, String> given) {
        Map<String, Object> template = CloudFormationYaml.read(DIRECTORY.resolve(file));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("AWS::Partition", "aws");
        parameters.put("AWS::AccountId", ACCOUNT);
        map(template.get("Parameters"))
                .forEach((name, declared) ->
                        parameter(map(declared), given.get(name)).forEach(value -> parameters.put(name, value)));
        given.forEach((name, value) -> {
            if (!parameters.containsKey(name)) {
                throw new AssertionError(file + " has no parameter " + name);
            }
            if (name.startsWith("AWS::")) {
                parameters.put(name, value);
            }
        });
        return new CloudFormation(template, parameters);
    }

    private static List<Object> parameter(Map<String, Object> declared, @Nullable String given) {
        Object value = given == null ? declared.get("Default") : given;
        if (value == null) {
            return List.of();
        }
        return List.of(
                "CommaDelimitedList".equals(declared.get("Type"))
                        ? List.of(value.toString().split(","))
                        : value);
    }

    /** The properties of the resources that are made, by their logical ids; policies in them as JSON, however written. */
    public Map<String, JsonNode> resources() {
        Map<String, JsonNode> made = new LinkedHashMap<>();
        map(template.get("Resources")).forEach((id, resource) -> {
            Map<String, Object> declared = map(resource);
            Object condition = declared.get("Condition");
            if (condition == null || holds(condition.toString())) {
                made.put(id, JSON.valueToTree(value(declared.get("Properties"))));
            }
        });
        map(template.get("Outputs"))
                .values()
                .forEach(output -> value(map(output).get("Value")));
        return made;
    }

    /** The properties of one resource that is made. */
    public JsonNode resource(String id) {
        return Objects.requireNonNull(resources().get(id), id);
    }

    /** The trust policy of the resource {@code Role}. */
    public JsonNode trust() {
        JsonNode policy = resource("Role").get("AssumeRolePolicyDocument");
        try {
            return policy.isTextual() ? JSON.readTree(policy.asText()) : policy;
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + policy.asText(), e);
        }
    }

    /** What is said of a resource that its type does not know, or what it lacks. */
    List<String> mistakes() {
        List<String> mistakes = new ArrayList<>();
        map(template.get("Resources")).forEach((id, resource) -> {
            Map<String, Object> declared = map(resource);
            JsonNode type = types.path(kind(declared));
            List<String> known = texts(type.path("properties"));
            map(declared.get("Properties")).keySet().stream()
                    .filter(property -> !known.contains(property))
                    .forEach(property -> mistakes.add(id + "." + property));
            texts(type.path("required")).stream()
                    .filter(property -> !map(declared.get("Properties")).containsKey(property))
                    .forEach(property -> mistakes.add(id + " without " + property));
        });
        return mistakes;
    }

    private Object value(@Nullable Object written) {
        return switch (written) {
            case null -> throw new AssertionError("a value is missing");
            case List<?> list ->
                list.stream().map(this::value).filter(one -> one != NO_VALUE).toList();
            case Map<?, ?> map
            when map.size() == 1 && isFunction(map.keySet().iterator().next()) ->
                function(
                        map.keySet().iterator().next().toString(),
                        map.values().iterator().next());
            case Map<?, ?> map -> {
                Map<String, Object> values = new LinkedHashMap<>();
                map.forEach((name, one) -> {
                    Object value = value(one);
                    if (value != NO_VALUE) {
                        values.put(name.toString(), value);
                    }
                });
                yield values;
            }
            default -> written;
        };
    }

    private static boolean isFunction(Object key) {
        return key.equals("Ref") || key.toString().startsWith("Fn::");
    }

    private Object function(String name, Object argument) {
        return switch (name) {
            case "Ref" -> reference(argument.toString());
            case "Fn::GetAtt" -> attribute(argument.toString());
            case "Fn::Sub" -> substitute(argument);
            case "Fn::If" ->
                value(list(argument).get(holds(list(argument).get(0).toString()) ? 1 : 2));
            case "Fn::Equals" ->
                value(list(argument).get(0)).equals(value(list(argument).get(1)));
            case "Fn::Not" -> !(boolean) value(list(argument).get(0));
            case "Fn::Join" ->
                list(value(list(argument).get(1))).stream()
                        .map(Object::toString)
                        .collect(Collectors.joining(list(argument).get(0).toString()));
            case "Fn::Split" ->
                List.of(value(list(argument).get(1))
                        .toString()
                        .split(Pattern.quote(list(argument).get(0).toString()), -1));
            case "Fn::Select" ->
                list(value(list(argument).get(1)))
                        .get(Integer.parseInt(list(argument).get(0).toString()));
            case "Fn::FindInMap" -> found(list(value(argument)));
            default -> throw new AssertionError("a function that is not known here: " + name);
        };
    }

    private Object reference(String name) {
        if (name.equals("AWS::NoValue")) {
            return NO_VALUE;
        }
        if (parameters.containsKey(name)) {
            return parameters.get(name);
        }
        JsonNode type = type(name);
        return type.get("ref").asText().equals("arn") ? arn(name) : nameOf(name);
    }

    private Object attribute(String path) {
        String[] parts = path.split("\\.", 2);
        if (parts.length != 2 || !texts(type(parts[0]).path("attributes")).contains(parts[1])) {
            throw new AssertionError("there is no attribute " + path);
        }
        return parts[1].equals("Arn") ? arn(parts[0]) : path;
    }

    private JsonNode type(String id) {
        Object resource = map(template.get("Resources")).get(id);
        if (resource == null) {
            throw new AssertionError("nothing is called " + id);
        }
        JsonNode type = types.path(kind(map(resource)));
        if (type.isMissingNode()) {
            throw new AssertionError(id + " is of a type that is not known here");
        }
        return type;
    }

    private String arn(String id) {
        String kind = kind(map(map(template.get("Resources")).get(id)));
        return "arn:%s:iam::%s:%s/%s"
                .formatted(
                        parameters.get("AWS::Partition"),
                        ACCOUNT,
                        switch (kind) {
                            case "AWS::IAM::SAMLProvider" -> "saml-provider";
                            case "AWS::IAM::OIDCProvider" -> "oidc-provider";
                            default -> "role";
                        },
                        nameOf(id));
    }

    private static String kind(Map<String, Object> declared) {
        return Objects.requireNonNull(declared.get("Type"), "a resource without a type")
                .toString();
    }

    private String nameOf(String id) {
        Map<String, Object> properties =
                map(map(map(template.get("Resources")).get(id)).get("Properties"));
        for (String name : List.of("RoleName", "Name", "Url")) {
            if (properties.containsKey(name)) {
                return value(properties.get(name)).toString().replaceFirst("^https://", "");
            }
        }
        throw new AssertionError(id + " has no name");
    }

    private Object substitute(Object argument) {
        String text = argument instanceof List<?> list ? list.get(0).toString() : argument.toString();
        Map<String, Object> own = argument instanceof List<?> list ? map(value(list.get(1))) : Map.of();
        Function<MatchResult, String> replacement = found -> {
            String name = found.group(1);
            Object value =
                    own.containsKey(name) ? own.get(name) : name.contains(".") ? attribute(name) : reference(name);
            return Matcher.quoteReplacement(value.toString());
        };
        return VARIABLE.matcher(text).replaceAll(replacement);
    }

    private Object found(List<Object> path) {
        Object found = map(template.get("Mappings"));
        for (Object key : path) {
            found = map(found).get(key.toString());
            if (found == null) {
                throw new AssertionError("nothing is mapped to " + path);
            }
        }
        return found;
    }

    private boolean holds(String condition) {
        Object declared = map(template.get("Conditions")).get(condition);
        return (boolean) value(declared);
    }

    @SuppressWarnings("unchecked") // YAML's own words for it
    private static Map<String, Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, Object>) value;
    }

    @SuppressWarnings("unchecked") // YAML's own words for it
    private static List<Object> list(Object value) {
        return (List<Object>) value;
    }

    private static List<String> texts(JsonNode array) {
        return Yaml.stream(array).map(JsonNode::asText).toList();
    }
}
