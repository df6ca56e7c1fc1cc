package dev.credbroker.simulator.sts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Session tags, from wherever an operation takes them. */
record SessionTags(Map<String, String> tags, List<String> transitive) {

    static final SessionTags NONE = new SessionTags(Map.of(), List.of());

    private static final int MOST = 50;
    private static final String CLAIM = "https://aws.amazon.com/tags";

    /**
     * At most 50 tags, keys unique whatever their case, transitive keys among them.
     *
     * @throws StsRejection {@code ValidationError}
     */
    SessionTags {
        tags.forEach((key, value) -> {
            Constraint.TAG_KEY.check(key);
            Constraint.TAG_VALUE.check(value);
        });
        transitive.forEach(Constraint.TRANSITIVE_TAG_KEY::check);
        if (tags.size() > MOST) {
            throw invalid("Member must have length less than or equal to " + MOST);
        }
        if (lowerCase(tags.keySet()).size() < tags.size()) {
            throw invalid("Duplicate tag keys found. Please note that Tag keys are case insensitive.");
        }
        if (!lowerCase(tags.keySet()).containsAll(lowerCase(Set.copyOf(transitive)))) {
            throw invalid("The specified transitive tag key must be included in the requested tags.");
        }
    }

    static SessionTags of(Parameters parameters) {
        List<String> keys = parameters.members("Tags", "Key");
        List<String> values = parameters.members("Tags", "Value");
        if (keys.size() != values.size() || Set.copyOf(keys).size() < keys.size()) {
            throw invalid("Duplicate tag keys found, or a tag without a value.");
        }
        Map<String, String> tags = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            tags.put(keys.get(i), values.get(i));
        }
        return new SessionTags(tags, parameters.members("TransitiveTagKeys"));
    }

    /** From the claim {@code https://aws.amazon.com/tags}; every value is a list of one. */
    static SessionTags of(JsonNode claims) {
        Map<String, String> tags = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> tag :
                claims.path(CLAIM).path("principal_tags").properties()) {
            if (!tag.getValue().isArray() || tag.getValue().size() != 1) {
                throw new StsRejection(
                        StsError.invalidIdentityToken("Principal tag must have exactly one value: " + tag.getKey()));
            }
            tags.put(tag.getKey(), tag.getValue().get(0).asText());
        }
        List<String> transitive = claims.path(CLAIM)
                .path("transitive_tag_keys")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        return new SessionTags(tags, transitive);
    }

    boolean present() {
        return !tags.isEmpty();
    }

    private static Set<String> lowerCase(Set<String> keys) {
        return keys.stream().map(key -> key.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.validation(message));
    }
}
