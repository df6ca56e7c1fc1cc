package dev.credbroker.roles;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An entry under {@code broker.roles} in the making: valid as it starts, and as wrong as a test wants it. It admits
 * everyone of one provider until it is told whom else.
 */
public final class RoleDraft implements RolesConfig.Entry {

    private Optional<String> arn;
    private Optional<String> operation;
    private Duration defaultDuration = Duration.ofHours(1);
    private Duration maxDuration = Duration.ofHours(4);
    private String onExcess = "reject";
    private List<RolesConfig.Admit> admit;
    private Optional<String> sessionName = Optional.empty();
    private Optional<String> sourceIdentity = Optional.empty();
    private final Map<String, String> tags = new LinkedHashMap<>();
    private Optional<List<String>> transitiveTags = Optional.empty();
    private Optional<String> policy = Optional.empty();
    private Optional<List<String>> policyArns = Optional.empty();
    private Optional<String> externalId = Optional.empty();
    private Optional<String> region = Optional.empty();
    private Optional<Duration> minRemaining = Optional.empty();
    private boolean endWithToken;

    private RoleDraft(String operation, String arn, String provider) {
        this.operation = Optional.of(operation);
        this.arn = Optional.of(arn);
        this.admit = List.of(AdmitDraft.everyoneOf(provider));
    }

    /** {@code Deployer}, for all of {@link Catalogues#CORP}. */
    public static RoleDraft assumeRole() {
        return new RoleDraft("assume-role", "arn:aws:iam::123456789012:role/Deployer", Catalogues.CORP);
    }

    /** {@code Batch-Upload}, for all of {@link Catalogues#CORP}. */
    public static RoleDraft webIdentity() {
        return new RoleDraft(
                "assume-role-with-web-identity", "arn:aws:iam::123456789012:role/Batch-Upload", Catalogues.CORP);
    }

    /** {@code ADFS-Production}, for all of {@link Catalogues#ADFS}. */
    public static RoleDraft saml() {
        return new RoleDraft(
                "assume-role-with-saml", "arn:aws:iam::123456789012:role/ADFS-Production", Catalogues.ADFS);
    }

    public RoleDraft arn(String text) {
        arn = Optional.of(text);
        return this;
    }

    public RoleDraft withoutArn() {
        arn = Optional.empty();
        return this;
    }

    public RoleDraft operation(String text) {
        operation = Optional.of(text);
        return this;
    }

    public RoleDraft withoutOperation() {
        operation = Optional.empty();
        return this;
    }

    public RoleDraft defaultDuration(Duration duration) {
        defaultDuration = duration;
        return this;
    }

    public RoleDraft maxDuration(Duration duration) {
        maxDuration = duration;
        return this;
    }

    public RoleDraft onExcess(String text) {
        onExcess = text;
        return this;
    }

    /** In place of whom it admitted before. */
    public RoleDraft admitting(RolesConfig.Admit... admissions) {
        admit = List.of(admissions);
        return this;
    }

    public RoleDraft sessionName(String template) {
        sessionName = Optional.of(template);
        return this;
    }

    public RoleDraft sourceIdentity(String template) {
        sourceIdentity = Optional.of(template);
        return this;
    }

    public RoleDraft tag(String key, String template) {
        tags.put(key, template);
        return this;
    }

    public RoleDraft transitiveTags(String... keys) {
        transitiveTags = Optional.of(List.of(keys));
        return this;
    }

    /** @param file where the policy is */
    public RoleDraft policy(String file) {
        policy = Optional.of(file);
        return this;
    }

    public RoleDraft policyArns(String... arns) {
        policyArns = Optional.of(List.of(arns));
        return this;
    }

    public RoleDraft externalId(String id) {
        externalId = Optional.of(id);
        return this;
    }

    public RoleDraft region(String name) {
        region = Optional.of(name);
        return this;
    }

    public RoleDraft minRemaining(Duration duration) {
        minRemaining = Optional.of(duration);
        return this;
    }

    public RoleDraft ending(boolean withToken) {
        endWithToken = withToken;
        return this;
    }

    /** The role as the catalogue reads it; a draft with findings is a mistake of the test. */
    public Role read(String name) {
        return Catalogues.of(Map.of(name, this)).all().getFirst();
    }

    /** What is wrong with the draft under the name {@code deployer}, each as {@code property: advice}. */
    List<String> findings() {
        return findings(Optional.of(new AwsRegion("eu-west-1")));
    }

    List<String> findings(Optional<AwsRegion> defaultRegion) {
        Findings findings = new Findings();
        RoleCatalogue.from(() -> Map.of("deployer", this), Catalogues.PROVIDERS, defaultRegion, findings);
        return findings.all().stream().map(Object::toString).toList();
    }

    @Override
    public Optional<String> arn() {
        return arn;
    }

    @Override
    public Optional<String> operation() {
        return operation;
    }

    @Override
    public Duration defaultDuration() {
        return defaultDuration;
    }

    @Override
    public Duration maxDuration() {
        return maxDuration;
    }

    @Override
    public String onExcess() {
        return onExcess;
    }

    @Override
    public List<RolesConfig.Admit> admit() {
        return admit;
    }

    @Override
    public Optional<String> sessionName() {
        return sessionName;
    }

    @Override
    public Optional<String> sourceIdentity() {
        return sourceIdentity;
    }

    @Override
    public Map<String, String> tags() {
        return tags;
    }

    @Override
    public Optional<List<String>> transitiveTags() {
        return transitiveTags;
    }

    @Override
    public Optional<String> policy() {
        return policy;
    }

    @Override
    public Optional<List<String>> policyArns() {
        return policyArns;
    }

    @Override
    public Optional<String> externalId() {
        return externalId;
    }

    @Override
    public Optional<String> region() {
        return region;
    }

    @Override
    public Optional<Duration> minRemaining() {
        return minRemaining;
    }

    @Override
    public boolean endWithToken() {
        return endWithToken;
    }
}
