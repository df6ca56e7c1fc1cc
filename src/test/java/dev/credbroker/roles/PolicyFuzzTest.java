package dev.credbroker.roles;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.StrictTree;
import java.util.Optional;
import java.util.regex.Matcher;

/** A policy is refused, or filled so that its places alone differ, and by nothing but what is harmless. */
class PolicyFuzzTest {

    /** @param lines on the first the value of every place, on the others the policy */
    @FuzzTest
    void fill_anyPolicyWithAnyValue_changesItsPlacesAlone(byte[] lines) {
        String text = new String(lines, UTF_8);
        int end = Math.max(text.indexOf('\n'), 0);
        String value = text.substring(0, end);
        String policy = text.substring(end);

        Optional<String> filled =
                Cost.bounded(() -> parsed(policy).flatMap(template -> template.fill(_ -> Optional.of(value))));

        filled.ifPresent(json -> assertFilled(tree(json), tree(policy), value));
    }

    private static void assertFilled(JsonNode filled, JsonNode policy, String value) {
        if (policy.isTextual()) {
            String expected = policy.textValue().replaceAll("(?<!\\$)\\{[^{}]+}", Matcher.quoteReplacement(value));
            assertThat(filled.textValue()).isEqualTo(expected);
            assertThat(expected.equals(policy.textValue()) || value.matches("[A-Za-z0-9._@=,+-]+"))
                    .isTrue();
        } else if (policy.isContainerNode()) {
            assertThat(filled.getNodeType()).isEqualTo(policy.getNodeType());
            assertThat(filled).hasSameSizeAs(policy);
            assertThat(filled.fieldNames()).toIterable().containsExactlyElementsOf(policy::fieldNames);
            policy.properties().forEach(member -> assertFilled(filled.get(member.getKey()), member.getValue(), value));
            for (int i = 0; policy.isArray() && i < policy.size(); i++) {
                assertFilled(filled.get(i), policy.get(i), value);
            }
        } else {
            assertThat(filled.asText()).isEqualTo(policy.asText());
        }
    }

    private static Optional<PolicyTemplate> parsed(String policy) {
        try {
            return Optional.of(PolicyTemplate.parse(policy));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static JsonNode tree(String json) {
        return StrictTree.read(json.getBytes(UTF_8)).orElseThrow();
    }
}
