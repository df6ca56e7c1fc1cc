package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.regex.Pattern;

/** {@code AssumeRoleWithWebIdentity}: unsigned, by a JWT. The token's end does not shorten the session. */
final class AssumeRoleWithWebIdentity implements StsAction {

    private static final String SOURCE_IDENTITY = "https://aws.amazon.com/source_identity";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_0-9+=,.@-]{2,64}");

    private final WebIdentityVerifier verifier;
    private final Roles roles;
    private final SessionIssuer issuer;
    private final InstantSource clock;

    AssumeRoleWithWebIdentity(WebIdentityVerifier verifier, Roles roles, SessionIssuer issuer, InstantSource clock) {
        this.verifier = verifier;
        this.roles = roles;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Result perform(WireRequest request, Parameters parameters) {
        Arn arn = Roles.parse(parameters.required(Constraint.ROLE_ARN));
        String name = parameters.required(Constraint.ROLE_SESSION_NAME);
        String proof = parameters.required(Constraint.WEB_IDENTITY_TOKEN);
        Duration asked = DurationRules.asked(parameters);

        WebIdentity identity = verifier.verify(proof);
        SessionTags tags = SessionTags.of(identity.claims());
        Optional<String> sourceIdentity = sourceIdentity(identity);
        SessionRights rights = SessionRights.of(parameters, arn, tags);

        StsRole role = roles.trusting(
                parameters.required(Constraint.ROLE_ARN),
                candidate -> candidate.trustsWebIdentity(identity),
                "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        Roles.checkGrants(role, tags, sourceIdentity);
        DurationRules.checkMaximum(asked, role);
        return Result.of(
                issuer.issue(arn, name, clock.instant().plus(asked), sourceIdentity, rights.packedPercent()),
                StsXml.text("SubjectFromWebIdentityToken", identity.subject())
                        + StsXml.text("Provider", identity.issuer())
                        + StsXml.text("Audience", identity.audience()));
    }

    private static Optional<String> sourceIdentity(WebIdentity identity) {
        if (!identity.claims().has(SOURCE_IDENTITY)) {
            return Optional.empty();
        }
        String text = identity.claims().path(SOURCE_IDENTITY).asText();
        if (!NAME.matcher(text).matches()) {
            throw new StsRejection(
                    StsError.invalidIdentityToken("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64}"));
        }
        return Optional.of(text);
    }
}
