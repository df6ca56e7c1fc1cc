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
import dev.credbroker.identity.Proof;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A session plan in the making: one hour for alice, unsaid, without a deadline; for the role that {@link World} has for
 * the operation. Each method changes this draft; what was planned before stays as it was.
 */
public final class Plans {

    public static final String TOKEN = "the.token.of-alice";
    public static final String ASSERTION = "the assertion of alice";

    private final StsOperation operation;
    private String provider = "corp";
    private String issuer = "https://idp.example.com/realms/corp";
    private List<String> subject = List.of("alice");
    private RoleArn role;
    private Optional<SamlProviderArn> samlProvider = Optional.empty();
    private Optional<RoleSessionName> sessionName = Optional.of(new RoleSessionName("alice"));
    private Optional<SourceIdentity> sourceIdentity = Optional.empty();
    private SessionTags tags = SessionTags.NONE;
    private SessionPolicies policies = SessionPolicies.NONE;
    private Optional<ExternalId> externalId = Optional.empty();
    private AwsRegion region = new AwsRegion("eu-west-1");
    private Optional<String> statement = Optional.of("the digest of what alice's proof says");
    private Proof proof;
    private SessionDuration duration = new SessionDuration(3600);
    private RequestedDuration requested = new RequestedDuration.Unsaid();
    private Optional<Instant> deadline = Optional.empty();
    private Optional<Duration> left = Optional.empty();
    private Duration minRemaining = Duration.ZERO;

    private Plans(StsOperation operation, String role, Proof proof) {
        this.operation = operation;
        this.role = RoleArn.parse(role);
        this.proof = proof;
    }

    public static Plans webIdentity() {
        return new Plans(StsOperation.ASSUME_ROLE_WITH_WEB_IDENTITY, World.OIDC_ROLE, jwt(TOKEN));
    }

    public static Plans saml() {
        Plans plans = new Plans(
                StsOperation.ASSUME_ROLE_WITH_SAML, World.SAML_ROLE, new Proof.SamlResponse(Secret.of(ASSERTION)));
        plans.samlProvider = Optional.of(SamlProviderArn.parse(World.PROVIDER));
        plans.sessionName = Optional.empty();
        return plans;
    }

    public static Plans assumeRole() {
        Plans plans = new Plans(StsOperation.ASSUME_ROLE, World.KEY_ROLE, jwt(TOKEN));
        plans.statement = Optional.empty();
        return plans;
    }

    public static Proof jwt(String text) {
        return new Proof.Jwt(Secret.of(text));
    }

    public Plans provider(String name, String text) {
        provider = name;
        issuer = text;
        return this;
    }

    public Plans subject(String... parts) {
        subject = List.of(parts);
        return this;
    }

    public Plans role(String arn) {
        role = RoleArn.parse(arn);
        return this;
    }

    public Plans samlProvider(String arn) {
        samlProvider = Optional.of(SamlProviderArn.parse(arn));
        return this;
    }

    public Plans sessionName(String name) {
        sessionName = Optional.of(new RoleSessionName(name));
        return this;
    }

    public Plans sourceIdentity(String identity) {
        sourceIdentity = Optional.of(new SourceIdentity(identity));
        return this;
    }

    public Plans tags(Map<String, String> values, String... transitive) {
        tags = SessionTags.of(values, Set.of(transitive));
        return this;
    }

    public Plans policies(String inline, String... managed) {
        policies = new SessionPolicies(Optional.of(inline), List.of(managed));
        return this;
    }

    public Plans externalId(String id) {
        externalId = Optional.of(new ExternalId(id));
        return this;
    }

    public Plans region(String name) {
        region = new AwsRegion(name);
        return this;
    }

    public Plans statement(String digest) {
        statement = Optional.of(digest);
        return this;
    }

    public Plans proof(Proof other) {
        proof = other;
        return this;
    }

    /** What is planned where the caller named no duration. */
    public Plans seconds(int seconds) {
        duration = new SessionDuration(seconds);
        requested = new RequestedDuration.Unsaid();
        return this;
    }

    /** What the caller named, and is to get. */
    public Plans named(int seconds) {
        duration = new SessionDuration(seconds);
        requested = new RequestedDuration.Named(duration);
        return this;
    }

    public Plans deadline(Instant moment) {
        deadline = Optional.of(moment);
        return this;
    }

    /** What is left at {@code now} until a deadline, which cuts what is granted. */
    public Plans until(Instant now, Duration time) {
        left = Optional.of(time);
        return deadline(now.plus(time));
    }

    public Plans minRemaining(Duration least) {
        minRemaining = least;
        return this;
    }

    public SessionSpec spec() {
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
                region,
                statement);
    }

    public SessionPlan plan() {
        SessionSpec spec = spec();
        return new SessionPlan(spec, SessionKey.of(spec), proof, decision(), deadline, minRemaining);
    }

    private DurationDecision decision() {
        return left.filter(time -> time.compareTo(duration.asDuration()) < 0)
                .map(time -> new DurationDecision(requested, duration, time, Optional.of(DurationLimit.TOKEN)))
                .orElseGet(() -> new DurationDecision(requested, duration, duration.asDuration(), Optional.empty()));
    }
}
