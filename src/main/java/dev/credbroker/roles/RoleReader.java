package dev.credbroker.roles;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.ExternalId;
import dev.credbroker.aws.RoleArnPattern;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.aws.SessionPolicies;
import dev.credbroker.aws.SessionTags;
import dev.credbroker.configuration.Findings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads one entry of the catalogue, and finds what is missing, wrong or contradictory in it. */
final class RoleReader {

    private final String name;
    private final RolesConfig.Entry entry;
    private final Map<String, ProviderTraits> providers;
    private final Optional<AwsRegion> defaultRegion;
    private final Findings findings;

    RoleReader(
            String name,
            RolesConfig.Entry entry,
            Map<String, ProviderTraits> providers,
            Optional<AwsRegion> defaultRegion,
            Findings findings) {
        this.name = name;
        this.entry = entry;
        this.providers = providers;
        this.defaultRegion = defaultRegion;
        this.findings = findings;
    }

    static String property(String name) {
        return "broker.roles." + segment(name);
    }

    /** A key as it stands in a property: quoted where its dots would divide it. */
    private static String segment(String key) {
        return key.contains(".") ? '"' + key + '"' : key;
    }

    /** The role; absent where what it needs most is missing or unreadable, which has then been said. */
    Optional<Role> read() {
        if (!RoleCatalogue.isName(name)) {
            findings.add(property(name), "a role's name is 1 to 64 letters, digits and . _ -");
        }
        Optional<RoleArnPattern> arn = required("arn", entry.arn(), RoleArnPattern::parse);
        Optional<StsOperation> operation = required("operation", entry.operation(), StsOperation::parse);
        Optional<SessionDuration> longest = duration("max-duration", entry.maxDuration());
        Optional<SessionDuration> usual = duration("default-duration", entry.defaultDuration());
        Optional<OnExcess> onExcess = optional("on-excess", Optional.of(entry.onExcess()), OnExcess::parse);
        List<Admission> admissions = admissions(operation);
        Optional<Template> sessionName = sessionName(operation);
        Optional<Template> sourceIdentity = optional("source-identity", entry.sourceIdentity(), Template::parse);
        Map<String, Template> tags = tags();
        Optional<PolicyTemplate> policy = policy();
        List<String> policyArns = policyArns();
        Optional<ExternalId> externalId = optional("external-id", entry.externalId(), ExternalId::new);
        Optional<AwsRegion> region = region();
        operation.ifPresent(this::findUnsendable);
        if (arn.isEmpty() || operation.isEmpty() || longest.isEmpty() || usual.isEmpty() || region.isEmpty()) {
            return Optional.empty();
        }
        Role role = new Role(
                name,
                arn.get(),
                operation.get(),
                usual.get(),
                longest.get(),
                onExcess.orElse(OnExcess.REJECT),
                admissions,
                sessionName,
                sourceIdentity,
                tags,
                Set.copyOf(entry.transitiveTags().orElse(List.of())),
                policy,
                policyArns,
                externalId,
                region.get(),
                entry.minRemaining(),
                entry.endWithToken());
        findContradictions(role);
        return Optional.of(role);
    }

    private void findContradictions(Role role) {
        if (role.defaultDuration().compareTo(role.maxDuration()) > 0) {
            found("default-duration", "is longer than max-duration");
        }
        role.minRemaining()
                .filter(least -> least.isNegative()
                        || least.compareTo(role.defaultDuration().asDuration().minusSeconds(60)) > 0)
                .ifPresent(least -> found("min-remaining", "is at most default-duration less one minute"));
        if (!role.region().partition().equals(role.arn().partition())) {
            found(
                    "region",
                    "%s does not lie in the role's partition %s: name a region that does"
                            .formatted(role.region(), role.arn().partition()));
        }
        if (!entry.tags().keySet().containsAll(role.transitiveTags())) {
            found("transitive-tags", "names a tag that tags does not");
        }
        if (role.operation() == StsOperation.ASSUME_ROLE
                && role.arn().anyAccount()
                && entry.externalId().isEmpty()) {
            found(
                    "external-id",
                    "is needed where * stands for the account: it is what tells the accounts' owners apart");
        }
        findSharedNames(role);
    }

    /** What STS takes from the proof, or not at all, cannot be configured beside it. */
    private void findUnsendable(StsOperation operation) {
        if (operation == StsOperation.ASSUME_ROLE) {
            return;
        }
        unsendable("source-identity", entry.sourceIdentity().isPresent(), operation);
        unsendable("tags", !entry.tags().isEmpty(), operation);
        unsendable("transitive-tags", entry.transitiveTags().isPresent(), operation);
        unsendable("external-id", entry.externalId().isPresent(), operation);
        if (operation == StsOperation.ASSUME_ROLE_WITH_SAML) {
            unsendable("session-name", entry.sessionName().isPresent(), operation);
            if (entry.endWithToken()) {
                found("end-with-token", "leaves no time for any session: an assertion itself ends within minutes");
            }
        }
    }

    private void unsendable(String key, boolean present, StsOperation operation) {
        if (present) {
            found(key, "cannot be sent with " + operation + ": the proof says it, or nobody does");
        }
    }

    /** Two providers may know different people by one subject: their sessions must not look alike. */
    private void findSharedNames(Role role) {
        Set<String> admitted =
                role.admissions().stream().map(Admission::provider).collect(Collectors.toCollection(TreeSet::new));
        if (admitted.size() < 2) {
            return;
        }
        findConfusedNames(role, admitted);
        role.sessionName()
                .filter(template -> !template.places().contains(Template.PROVIDER))
                .ifPresent(template -> found(
                        "session-name",
                        "needs {provider}, since several providers are admitted: {provider}-{subject}"));
        role.sourceIdentity()
                .filter(template -> !template.places().contains(Template.PROVIDER))
                .ifPresent(
                        template -> found("source-identity", "needs {provider}, since several providers are admitted"));
        role.tags().forEach((key, template) -> shared("tags." + segment(key), template.namesSubjectAlone()));
        role.policy().ifPresent(policy -> shared("policy", policy.namesSubjectAlone()));
    }

    private void shared(String key, boolean namesSubjectAlone) {
        if (namesSubjectAlone) {
            found(
                    key,
                    "needs {provider} beside {subject}, since several providers are admitted, who may mean two people");
        }
    }

    private void findConfusedNames(Role role, Set<String> admitted) {
        role.sessionName().ifPresent(template -> confused("session-name", template.confused(admitted)));
        role.sourceIdentity().ifPresent(template -> confused("source-identity", template.confused(admitted)));
        role.tags().forEach((key, template) -> confused("tags." + segment(key), template.confused(admitted)));
        role.policy().ifPresent(policy -> confused("policy", policy.confused(admitted)));
    }

    private void confused(String key, Optional<List<String>> names) {
        names.ifPresent(pair -> found(
                key,
                "cannot tell %s from %s, both admitted: separate {provider} by what stands in neither name"
                        .formatted(pair.getFirst(), pair.getLast())));
    }

    private List<Admission> admissions(Optional<StsOperation> operation) {
        List<Admission> admissions = new ArrayList<>();
        for (int i = 0; i < entry.admit().size(); i++) {
            admission("admit[" + i + "]", entry.admit().get(i), operation).ifPresent(admissions::add);
        }
        if (entry.admit().isEmpty()) {
            found("admit", "admits nobody");
        }
        return admissions;
    }

    private Optional<Admission> admission(String key, RolesConfig.Admit admit, Optional<StsOperation> operation) {
        if (admit.provider().isEmpty()) {
            found(key + ".provider", "is missing: a name from broker.issuers or broker.saml");
            return Optional.empty();
        }
        String provider = admit.provider().get();
        if (!providers.containsKey(provider)) {
            found(key + ".provider", provider + " is neither under broker.issuers nor under broker.saml");
        } else if (operation.isPresent() && !providers.get(provider).opens(operation.get())) {
            found(key + ".provider", whyClosed(provider, operation.get()));
        }
        if (admit.everyone() == !admit.match().isEmpty()) {
            found(
                    key,
                    admit.everyone()
                            ? "says everyone: true and match: keep one of them"
                            : "names no match; to admit all whom the provider verifies, write everyone: true");
        }
        return Optional.of(new Admission(provider, conditions(key + ".match", admit.match())));
    }

    private static String whyClosed(String provider, StsOperation operation) {
        return switch (operation) {
            case ASSUME_ROLE_WITH_SAML -> provider + " does not issue SAML assertions addressed to AWS";
            case ASSUME_ROLE_WITH_WEB_IDENTITY -> provider + " is not an OIDC issuer";
            case ASSUME_ROLE ->
                provider + " has no audience of the broker's own; what is addressed to AWS never opens an"
                        + " assume-role role";
        };
    }

    private List<Condition> conditions(String key, Map<String, RolesConfig.Match> match) {
        List<Condition> conditions = new ArrayList<>();
        match.forEach((attribute, test) -> {
            String place = key + '.' + segment(attribute);
            if (test.equals().isEmpty()
                    && test.anyOf().isEmpty()
                    && test.prefix().isEmpty()) {
                found(place, "needs equals, any-of or prefix");
            }
            test.equals().ifPresent(value -> conditions.add(new Condition.Equals(attribute, value)));
            optional(place + ".any-of", test.anyOf(), values -> new Condition.AnyOf(attribute, Set.copyOf(values)))
                    .ifPresent(conditions::add);
            optional(place + ".prefix", test.prefix(), prefix -> new Condition.Prefix(attribute, prefix))
                    .ifPresent(conditions::add);
        });
        return conditions;
    }

    private Optional<Template> sessionName(Optional<StsOperation> operation) {
        return operation.filter(StsOperation.ASSUME_ROLE_WITH_SAML::equals).isPresent()
                ? Optional.empty()
                : optional("session-name", entry.sessionName().or(() -> Optional.of("{subject}")), Template::parse);
    }

    private Map<String, Template> tags() {
        Map<String, Template> tags = new LinkedHashMap<>();
        Map<String, String> fit = new HashMap<>();
        entry.tags().forEach((key, text) -> {
            String place = "tags." + segment(key);
            optional(place, Optional.of(key), SessionTags::checkKey).ifPresent(checked -> fit.put(checked, ""));
            optional(place, Optional.of(text), Template::parse).ifPresent(template -> tags.put(key, template));
        });
        optional("tags", Optional.of(fit), keys -> SessionTags.of(keys, Set.of()));
        return tags;
    }

    private Optional<PolicyTemplate> policy() {
        return entry.policy()
                .flatMap(file -> readFile(file)
                        .flatMap(text -> optional("policy", Optional.of(text), RoleReader::sendablePolicy)));
    }

    /** Even filled with the shortest values it must be what STS takes, or nobody could ever have the role. */
    private static PolicyTemplate sendablePolicy(String text) {
        PolicyTemplate policy = PolicyTemplate.parse(text);
        var _ = new SessionPolicies(policy.fill(place -> Optional.of("x")), List.of());
        return policy;
    }

    private Optional<String> readFile(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException | InvalidPathException e) {
            found("policy", "cannot be read: " + file);
            return Optional.empty();
        }
    }

    private List<String> policyArns() {
        List<String> arns = entry.policyArns().orElse(List.of());
        optional("policy-arns", Optional.of(arns), list -> new SessionPolicies(Optional.empty(), list));
        return arns;
    }

    private Optional<AwsRegion> region() {
        if (entry.region().isPresent()) {
            return optional("region", entry.region(), AwsRegion::new);
        }
        if (defaultRegion.isEmpty()) {
            found("region", "is missing, and broker.sts.region does not stand in for it");
        }
        return defaultRegion;
    }

    private Optional<SessionDuration> duration(String key, Duration duration) {
        return optional(key, Optional.of(duration), SessionDuration::of);
    }

    private <T> Optional<T> required(String key, Optional<String> text, Function<String, T> parser) {
        if (text.isEmpty()) {
            found(key, "is missing");
        }
        return optional(key, text, parser);
    }

    private <S, T> Optional<T> optional(String key, Optional<S> value, Function<S, T> parser) {
        return value.flatMap(present -> findings.parse(property(name) + '.' + key, present, parser));
    }

    private void found(String key, String advice) {
        findings.add(property(name) + '.' + key, advice);
    }
}
