package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code AssumeRoleWithSAML}: unsigned, by an assertion that names the role and the provider. */
final class AssumeRoleWithSaml implements StsAction {

    private static final String REFUSAL = "Not authorized to perform sts:AssumeRoleWithSAML";
    private static final Pattern NAME = Pattern.compile("[a-zA-Z_0-9+=,.@-]{2,64}");
    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;

    private final Map<String, SamlProvider> providers;
    private final Roles roles;
    private final SessionIssuer issuer;
    private final InstantSource clock;

    AssumeRoleWithSaml(Map<String, SamlProvider> providers, Roles roles, SessionIssuer issuer, InstantSource clock) {
        this.providers = providers;
        this.roles = roles;
        this.issuer = issuer;
        this.clock = clock;
    }

    @Override
    public Result perform(WireRequest request, Parameters parameters) {
        Arn arn = Roles.parse(parameters.required(Constraint.ROLE_ARN));
        String providerArn = parameters.required(Constraint.PRINCIPAL_ARN);
        String proof = parameters.required(Constraint.SAML_ASSERTION);
        Duration asked = DurationRules.asked(parameters);
        SamlProvider provider = provider(providerArn);

        Instant now = clock.instant();
        SamlAssertion assertion = SamlResponse.parse(proof).verifiedWith(provider.certificates());
        new SamlRules(assertion, now).check(provider);
        String name = sessionName(assertion);
        Optional<String> sourceIdentity = sourceIdentity(assertion);
        SessionTags tags = new SessionTags(assertion.principalTags(), assertion.attribute("TransitiveTagKeys"));
        SessionRights rights = SessionRights.of(parameters, arn, tags);
        Duration granted = shortened(asked, assertion, now);

        StsRole role = roles.trusting(
                parameters.required(Constraint.ROLE_ARN),
                candidate -> trusts(candidate, provider) && asserts(assertion, candidate.arn(), providerArn),
                REFUSAL);
        String subject = assertion.nameId().orElseThrow(() -> new StsRejection(StsError.accessDenied(REFUSAL)));
        Roles.checkGrants(role, tags, sourceIdentity);
        DurationRules.checkMaximum(asked, role);
        return Result.of(
                issuer.issue(arn, name, now.plus(granted), sourceIdentity, rights.packedPercent()),
                StsXml.text("Subject", subject)
                        + StsXml.text("SubjectType", assertion.nameIdFormat())
                        + StsXml.text("Issuer", assertion.issuer())
                        + StsXml.text("Audience", assertion.recipient())
                        + StsXml.text("NameQualifier", provider.nameQualifier()));
    }

    private SamlProvider provider(String arn) {
        return Optional.ofNullable(providers.get(arn)).orElseThrow(() -> invalid("Specified provider doesn't exist"));
    }

    /** Within one account; the roles of IAM Identity Center take no SAML from outside. */
    private static boolean trusts(StsRole role, SamlProvider provider) {
        return role.trustsSaml(provider.arn())
                && role.name().sameAccount(provider.name())
                && !role.name().baseName().startsWith("AWSReservedSSO_");
    }

    /** The pair in either order, with blanks around the comma. */
    private static boolean asserts(SamlAssertion assertion, String roleArn, String providerArn) {
        Set<String> pair = Set.of(roleArn, providerArn);
        return assertion.attribute("Role").stream()
                .map(value -> Stream.of(value.split(",", -1)).map(String::strip).toList())
                .anyMatch(parts -> parts.size() == 2 && Set.copyOf(parts).equals(pair));
    }

    private static String sessionName(SamlAssertion assertion) {
        List<String> names = assertion.attribute("RoleSessionName");
        if (names.size() != 1) {
            throw invalid("RoleSessionName is required in AuthnResponse");
        }
        if (!NAME.matcher(names.getFirst()).matches()) {
            throw invalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
        }
        return names.getFirst();
    }

    private static Optional<String> sourceIdentity(SamlAssertion assertion) {
        List<String> identities = assertion.attribute("SourceIdentity");
        if (!identities.stream().allMatch(identity -> NAME.matcher(identity).matches()) || identities.size() > 1) {
            throw invalid("Source Identity must match [a-zA-Z_0-9+=,.@-]{2,64}");
        }
        return identities.stream().findFirst();
    }

    /** The attribute and the end of the IdP's session can shorten what was asked for, also below 15 minutes, and never extend it. */
    private static Duration shortened(Duration asked, SamlAssertion assertion, Instant now) {
        Stream<Duration> attribute =
                assertion.attribute("SessionDuration").stream().map(AssumeRoleWithSaml::duration);
        Stream<Duration> deadline = assertion.sessionNotOnOrAfter().stream().map(end -> Duration.between(now, end));
        return Stream.concat(Stream.of(asked), Stream.concat(attribute, deadline))
                .min(Duration::compareTo)
                .orElse(asked);
    }

    private static Duration duration(String text) {
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < SHORTEST || Integer.parseInt(text) > LONGEST) {
            throw invalid("SessionDuration in AuthnResponse must be between 900 and 43200");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.invalidIdentityToken(message));
    }
}
