package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** {@code AssumeRole}: by the signature of an access key. */
final class AssumeRole implements StsAction {

    private final Authenticator authenticator;
    private final Roles roles;
    private final SessionIssuer issuer;
    private final InstantSource clock;

    AssumeRole(Authenticator authenticator, Roles roles, SessionIssuer issuer, InstantSource clock) {
        this.authenticator = authenticator;
        this.roles = roles;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Result perform(WireRequest request, Parameters parameters) {
        AccessKey caller = authenticator.authenticate(request);
        Arn arn = Roles.parse(parameters.required(Constraint.ROLE_ARN));
        String name = parameters.required(Constraint.ROLE_SESSION_NAME);
        Optional<String> sourceIdentity = parameters.text(Constraint.SOURCE_IDENTITY);
        Optional<String> externalId = parameters.text(Constraint.EXTERNAL_ID);
        Duration asked = DurationRules.asked(parameters);
        SessionTags tags = SessionTags.of(parameters);
        SessionRights rights = SessionRights.of(parameters, arn, tags);

        StsRole role = roles.trusting(
                parameters.required(Constraint.ROLE_ARN),
                candidate -> candidate.trustsCaller(caller, externalId),
                refusal(parameters, caller));
        Roles.checkGrants(role, tags, sourceIdentity);
        DurationRules.checkChaining(asked, caller);
        DurationRules.checkMaximum(asked, role);
        return Result.of(
                issuer.issue(arn, name, clock.instant().plus(asked), sourceIdentity, rights.packedPercent()), "");
    }

    private static String refusal(Parameters parameters, AccessKey caller) {
        return "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                .formatted(caller.principalArn(), parameters.required(Constraint.ROLE_ARN));
    }
}
