package dev.credbroker.simulator.sts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Session policies and tags, which share the space that STS packs them into. */
record SessionRights(Optional<String> policy, List<String> policyArns, SessionTags tags) {

    /**
     * What the packed form may take here, in bytes of UTF-8 of policy, policy ARNs, tag keys and values and transitive keys as
     * they came. The real packing is AWS's secret; this one can at least be computed by a test.
     */
    static final int PACKED_SPACE = 4096;

    private static final int MOST_POLICY_ARNS = 10;
    private static final ObjectMapper JSON = new ObjectMapper();

    static SessionRights of(Parameters parameters, Arn role, SessionTags tags) {
        SessionRights rights =
                new SessionRights(parameters.text(Constraint.POLICY), parameters.members("PolicyArns", "arn"), tags);
        rights.policy().ifPresent(SessionRights::checkPolicy);
        rights.checkPolicyArns(role);
        rights.packedPercent();
        return rights;
    }

    /** @throws StsRejection {@code PackedPolicyTooLarge} above 100 */
    int packedPercent() {
        int size = Stream.of(
                        policy.stream(),
                        policyArns.stream(),
                        tags.tags().keySet().stream(),
                        tags.tags().values().stream(),
                        tags.transitive().stream())
                .flatMap(texts -> texts)
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        int percent = Math.ceilDiv(size * 100, PACKED_SPACE);
        if (percent > 100) {
            throw new StsRejection(StsError.packedPolicyTooLarge(percent));
        }
        return percent;
    }

    private static void checkPolicy(String text) {
        try {
            JsonNode policy = JSON.readTree(text);
            if (!policy.isObject() || !policy.has("Statement")) {
                throw new StsRejection(StsError.malformedPolicy("Syntax errors in policy."));
            }
        } catch (JsonProcessingException e) {
            throw new StsRejection(StsError.malformedPolicy("This policy contains invalid Json"));
        }
    }

    private void checkPolicyArns(Arn role) {
        if (policyArns.size() > MOST_POLICY_ARNS) {
            throw new StsRejection(StsError.validation("PolicyArns: at most " + MOST_POLICY_ARNS));
        }
        policyArns.forEach(arn -> checkPolicyArn(Constraint.POLICY_ARN.check(arn), role));
    }

    /** AWS's own policies belong to every account. */
    private static void checkPolicyArn(String text, Arn role) {
        String prefix = "arn:" + role.partition() + ":iam::";
        if (!text.startsWith(prefix + role.account() + ":policy/") && !text.startsWith(prefix + "aws:policy/")) {
            throw new StsRejection(StsError.validation("The policy is not in the role's account: " + text));
        }
    }
}
