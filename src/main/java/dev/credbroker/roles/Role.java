package dev.credbroker.roles;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.ExternalId;
import dev.credbroker.aws.RoleArnPattern;
import dev.credbroker.aws.SessionDuration;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One entry of the catalogue, consistent as a whole: {@link RoleCatalogue} is its only maker.
 *
 * @param name what callers ask for
 * @param defaultDuration granted where the caller names none; at most {@code maxDuration}
 * @param sessionName absent for SAML roles, where the assertion names the session
 * @param region of the STS that is called, in the partition of {@code arn}
 */
public record Role(
        String name,
        RoleArnPattern arn,
        StsOperation operation,
        SessionDuration defaultDuration,
        SessionDuration maxDuration,
        OnExcess onExcess,
        List<Admission> admissions,
        Optional<Template> sessionName,
        Optional<Template> sourceIdentity,
        Map<String, Template> tags,
        Set<String> transitiveTags,
        Optional<PolicyTemplate> policy,
        List<String> policyArns,
        Optional<ExternalId> externalId,
        AwsRegion region,
        Optional<Duration> minRemaining,
        boolean endWithToken) {

    public Role {
        admissions = List.copyOf(admissions);
        tags = Map.copyOf(tags);
        transitiveTags = Set.copyOf(transitiveTags);
        policyArns = List.copyOf(policyArns);
    }

    /** Whether one of the admissions is for this identity. */
    public boolean admits(String provider, Map<String, Set<String>> attributes) {
        return admissions.stream().anyMatch(admission -> admission.admits(provider, attributes));
    }
}
