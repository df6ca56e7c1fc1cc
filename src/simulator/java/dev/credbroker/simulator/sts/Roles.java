package dev.credbroker.simulator.sts;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** The roles that exist. One that does not is refused in the same words as one that trusts somebody else. */
final class Roles {

    private final Map<String, StsRole> roles = new ConcurrentHashMap<>();

    void add(StsRole role) {
        roles.put(role.arn(), role);
    }

    /** @throws StsRejection {@code AccessDenied} */
    StsRole trusting(String arn, Predicate<StsRole> trusts, String refusal) {
        return Optional.ofNullable(roles.get(arn))
                .filter(trusts)
                .orElseThrow(() -> new StsRejection(StsError.accessDenied(refusal)));
    }

    /** @throws StsRejection {@code AccessDenied} if the role withholds what the session would need */
    static void checkGrants(StsRole role, SessionTags tags, Optional<String> sourceIdentity) {
        if (tags.present()) {
            checkGrant(role, "sts:TagSession");
        }
        if (sourceIdentity.isPresent()) {
            checkGrant(role, "sts:SetSourceIdentity");
        }
    }

    /** @throws StsRejection {@code ValidationError} for what is no role's ARN */
    static Arn parse(String arn) {
        return Arn.parse(arn)
                .filter(role -> role.kind().equals("role"))
                .orElseThrow(() -> new StsRejection(StsError.validation(arn + " is invalid")));
    }

    private static void checkGrant(StsRole role, String action) {
        if (role.withheld().contains(action)) {
            throw new StsRejection(
                    StsError.accessDenied("Not authorized to perform " + action + " on resource: " + role.arn()));
        }
    }
}
