package dev.credbroker.session;

import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.aws.RoleSessionName;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.aws.SessionPolicies;
import dev.credbroker.aws.SessionTags;
import dev.credbroker.aws.SourceIdentity;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.roles.Filling;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.Template;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Fills the role's templates with what is verified, and writes down the whole of what STS will be asked. */
final class SpecWriter {

    private final Role role;
    private final Granted granted;
    private final VerifiedIdentity identity;

    SpecWriter(Granted granted) {
        this.granted = granted;
        this.role = granted.role();
        this.identity = granted.identity();
    }

    /** A setting whose template has no value here, or one that AWS would not take. */
    static final class UnfitValue extends RuntimeException {

        private final String setting;

        UnfitValue(String setting) {
            super(setting, null, false, false);
            this.setting = setting;
        }

        String setting() {
            return setting;
        }
    }

    /** @throws UnfitValue if a template cannot be filled, or its value does not fit and must not be rewritten */
    SessionSpec write(SessionDuration duration) {
        return new SessionSpec(
                role.operation(),
                identity.provider(),
                identity.issuer(),
                identity.qualifiedSubject(),
                granted.arn(),
                granted.samlProvider(),
                duration,
                role.sessionName().map(this::sessionName).or(this::assertedSessionName),
                role.sourceIdentity()
                        .map(template -> fitting(
                                "source-identity", () -> new SourceIdentity(filled("source-identity", template)))),
                fitting("tags", this::tags),
                fitting("policy", this::policies),
                role.externalId(),
                role.region(),
                role.operation().passesProofOn() ? Optional.of(identity.statement()) : Optional.empty());
    }

    private RoleSessionName sessionName(Template template) {
        return switch (template.fill(this::value)) {
            case Filling.Distinct(String text) ->
                SessionNames.fit(text, identity.issuer(), identity.qualifiedSubject());
            case Filling.Ambiguous(String text) ->
                SessionNames.rewritten(text, identity.issuer(), identity.qualifiedSubject());
            case Filling.Incomplete() -> throw new UnfitValue("session-name");
        };
    }

    private Optional<RoleSessionName> assertedSessionName() {
        return identity.roleSessionName().filter(RoleSessionName::fits).map(RoleSessionName::new);
    }

    private SessionTags tags() {
        if (role.tags().isEmpty()) {
            return SessionTags.NONE;
        }
        Map<String, String> values = role.tags().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, tag -> filled("tags." + tag.getKey(), tag.getValue())));
        return SessionTags.of(values, role.transitiveTags());
    }

    private SessionPolicies policies() {
        Optional<String> inline =
                role.policy().map(policy -> policy.fill(this::value).orElseThrow(() -> new UnfitValue("policy")));
        return new SessionPolicies(inline, role.policyArns());
    }

    private String filled(String setting, Template template) {
        if (template.fill(this::value) instanceof Filling.Distinct(String text)) {
            return text;
        }
        throw new UnfitValue(setting);
    }

    /** An attribute with several values has no one value to fill in. */
    private Optional<String> value(String place) {
        return switch (place) {
            case Template.SUBJECT -> Optional.of(identity.subject());
            case Template.PROVIDER -> Optional.of(identity.provider());
            default ->
                Optional.of(identity.attributes().getOrDefault(place, Set.of()))
                        .filter(values -> values.size() == 1)
                        .map(values -> values.iterator().next());
        };
    }

    private static <T> T fitting(String setting, Supplier<T> value) {
        try {
            return value.get();
        } catch (IllegalArgumentException e) {
            throw new UnfitValue(setting);
        }
    }
}
