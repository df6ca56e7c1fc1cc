package dev.credbroker.simulator.sts;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.function.Predicate;

/** One statement of a role's trust policy: who may assume it, and by which operation. */
public sealed interface Trust {

    /** {@code AssumeRoleWithSAML} by what this provider asserts. */
    record Saml(String providerArn) implements Trust {}

    /** {@code AssumeRoleWithWebIdentity} by tokens of this issuer whose claims satisfy the conditions. */
    record WebIdentity(String issuer, Predicate<JsonNode> conditions) implements Trust {}

    /**
     * {@code AssumeRole} by this caller: an access key's id, the ARN of its user, or, for an assumed role, the ARN of that role's
     * session.
     */
    record Caller(String caller, Optional<String> externalId) implements Trust {}

    static Trust saml(String providerArn) {
        return new Saml(providerArn);
    }

    static Trust webIdentity(String issuer) {
        return new WebIdentity(issuer, _ -> true);
    }

    static Trust webIdentity(String issuer, Predicate<JsonNode> conditions) {
        return new WebIdentity(issuer, conditions);
    }

    static Trust caller(String caller) {
        return new Caller(caller, Optional.empty());
    }

    static Trust caller(String caller, String externalId) {
        return new Caller(caller, Optional.of(externalId));
    }
}
