package dev.credbroker.session;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.ExternalId;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.RoleSessionName;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.aws.SessionPolicies;
import dev.credbroker.aws.SessionTags;
import dev.credbroker.aws.SourceIdentity;
import dev.credbroker.roles.StsOperation;
import java.util.List;
import java.util.Optional;

/**
 * What STS is asked, whole: it is told nothing that is not here, save the proof. Built by {@link SessionPlanner} only.
 *
 * @param subject with qualifiers, as it came
 * @param sessionName for {@code assume-role-with-saml} what the assertion says; absent if that is no name, which STS refuses
 * @param statement the digest of what STS reads from the proof itself; absent where it reads nothing
 */
public record SessionSpec(
        StsOperation operation,
        String provider,
        String issuer,
        List<String> subject,
        RoleArn role,
        Optional<SamlProviderArn> samlProvider,
        SessionDuration duration,
        Optional<RoleSessionName> sessionName,
        Optional<SourceIdentity> sourceIdentity,
        SessionTags tags,
        SessionPolicies policies,
        Optional<ExternalId> externalId,
        AwsRegion region,
        Optional<String> statement) {

    public SessionSpec {
        subject = List.copyOf(subject);
    }

    SessionSpec in(AwsRegion elsewhere) {
        return new SessionSpec(
                operation,
                provider,
                issuer,
                subject,
                role,
                samlProvider,
                duration,
                sessionName,
                sourceIdentity,
                tags,
                policies,
                externalId,
                elsewhere,
                statement);
    }
}
