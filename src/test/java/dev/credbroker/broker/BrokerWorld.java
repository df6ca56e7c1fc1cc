package dev.credbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.audit.AuditEvent;
import dev.credbroker.audit.AuditLog;
import dev.credbroker.authorization.Authorizer;
import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.cache.CredentialCache;
import dev.credbroker.cache.Freshness;
import dev.credbroker.cache.TestTicker;
import dev.credbroker.configuration.Findings;
import dev.credbroker.identity.IdentityVerifier;
import dev.credbroker.identity.Proof;
import dev.credbroker.oidc.IssuerKeys;
import dev.credbroker.oidc.JwtChecker;
import dev.credbroker.oidc.KeyUpkeep;
import dev.credbroker.oidc.OidcConfig;
import dev.credbroker.oidc.OidcIssuers;
import dev.credbroker.roles.ProviderTraits;
import dev.credbroker.roles.RoleCatalogue;
import dev.credbroker.roles.RolesConfig;
import dev.credbroker.saml.AssertionChecker;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.OwnCredentials;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.session.SessionPlanner;
import dev.credbroker.simulator.World;
import dev.credbroker.sts.ScriptedExchange;
import dev.credbroker.telemetry.CorrelationId;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A broker that trusts one issuer over a real socket, with one role for web identities and one for its own keys; STS is
 * scripted, and what is audited is kept.
 */
final class BrokerWorld implements AutoCloseable {

    static final String BATCH = "batch-upload";
    static final String DEPLOYER = "deployer";

    private static final AwsRegion IRELAND = new AwsRegion("eu-west-1");

    final TestTicker ticker = new TestTicker();
    final List<AuditEvent> audited = new ArrayList<>();
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final ScriptedExchange sts;
    final CredentialBroker broker;

    /** As an audit log that refuses. */
    boolean auditIsFull;
    /** What the broker's own credentials are, and whether that is in memory. */
    Optional<OwnCredentials.Kind> own = Optional.of(OwnCredentials.Kind.LASTING);

    boolean ownIsKnown = true;

    private final World world;
    private final OidcIssuers issuers;
    private final SamlProviders samlProviders;

    private BrokerWorld(World world) {
        this.world = world;
        Findings findings = new Findings();
        KeyUpkeep upkeep = new KeyUpkeep(world.clock(), () -> 0, BrokerWorld::atOnceOrNever);
        this.issuers = OidcIssuers.from(
                config(
                        OidcConfig.class,
                        Map.of(
                                "broker.issuers.corp.issuer",
                                world.provider().issuer(),
                                "broker.issuers.corp.audiences",
                                World.AUDIENCE)),
                findings,
                upkeep);
        this.samlProviders = SamlProviders.from(config(SamlConfig.class, Map.of()), findings, world.clock());
        RoleCatalogue catalogue = RoleCatalogue.from(
                config(RolesConfig.class, roles()),
                Map.of("corp", new ProviderTraits(false, true, false)),
                Optional.of(IRELAND),
                findings);
        assertThat(findings.all()).isEmpty();
        this.sts = new ScriptedExchange(world.clock());
        this.broker = new CredentialBroker(
                new IdentityVerifier(
                        new JwtChecker(issuers, world.clock()), new AssertionChecker(samlProviders, world.clock())),
                new Authorizer(catalogue),
                new SessionPlanner(new Own(), world.clock()),
                new CredentialCache(
                        sts,
                        new Freshness(0.5, 0.9, Duration.ofMinutes(2)),
                        1000,
                        Thread::startVirtualThread,
                        world.clock(),
                        ticker,
                        () -> 0.5,
                        Duration.ofMinutes(1)),
                audit(),
                new BrokerMeters(registry),
                world.clock());
    }

    /** Before any key has been fetched. */
    static BrokerWorld cold(World world) {
        return new BrokerWorld(world);
    }

    /** Once the issuer's keys are in memory. */
    static BrokerWorld warm(World world) {
        BrokerWorld warm = new BrokerWorld(world);
        warm.issuers.start();
        while (!warm.issuers.keys().stream().allMatch(IssuerKeys::usable)) {
            Thread.onSpinWait();
        }
        return warm;
    }

    @Override
    public void close() {
        issuers.close();
        samlProviders.close();
    }

    /** Of alice, who is an uploader; each is another text. */
    String token() {
        return token("alice", "uploaders");
    }

    String token(String subject, String... groups) {
        return world.token().subject(subject).claim("groups", List.of(groups)).sign();
    }

    static CredentialRequest request(String token) {
        return request(token, BATCH);
    }

    static CredentialRequest request(String token, String role) {
        return request(token, role, new RequestedDuration.Unsaid());
    }

    static CredentialRequest request(String token, String role, int seconds) {
        return request(token, role, new RequestedDuration.Named(new SessionDuration(seconds)));
    }

    static CredentialRequest request(String token, String role, RequestedDuration duration) {
        return new CredentialRequest(id(), proof(token), role, duration, Optional.empty());
    }

    static CredentialRequest remaining(String token, Duration least) {
        return new CredentialRequest(id(), proof(token), BATCH, new RequestedDuration.Unsaid(), Optional.of(least));
    }

    static Proof proof(String token) {
        return new Proof.Jwt(Secret.of(token));
    }

    static CorrelationId id() {
        return new CorrelationId("request-1");
    }

    /** Of the clock and the ticker, as time passes. */
    void pass(Duration time) {
        world.clock().advance(time);
        ticker.advance(time);
    }

    double answers(String code, String source) {
        Counter counter = registry.find(Meters.ANSWERS)
                .tags(Meters.CODE, code, Meters.SOURCE, source)
                .counter();
        return counter == null ? 0 : counter.count();
    }

    private static Map<String, String> roles() {
        Map<String, String> roles = new HashMap<>();
        roles.put("broker.roles.batch-upload.arn", World.OIDC_ROLE);
        roles.put("broker.roles.batch-upload.operation", "assume-role-with-web-identity");
        roles.put("broker.roles.batch-upload.max-duration", "PT4H");
        roles.put("broker.roles.batch-upload.default-duration", "PT1H");
        roles.put("broker.roles.batch-upload.admit[0].provider", "corp");
        roles.put("broker.roles.batch-upload.admit[0].match.groups.any-of", "uploaders");
        roles.put("broker.roles.deployer.arn", World.KEY_ROLE);
        roles.put("broker.roles.deployer.operation", "assume-role");
        roles.put("broker.roles.deployer.max-duration", "PT4H");
        roles.put("broker.roles.deployer.default-duration", "PT1H");
        roles.put("broker.roles.deployer.source-identity", "{email}");
        roles.put("broker.roles.deployer.admit[0].provider", "corp");
        roles.put("broker.roles.deployer.admit[0].match.groups.any-of", "deployers");
        return roles;
    }

    private static <T> T config(Class<T> mapping, Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .withMapping(mapping)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(mapping);
    }

    private static void atOnceOrNever(Duration delay, Runnable task) {
        if (delay.isZero()) {
            Thread.startVirtualThread(task);
        }
    }

    private AuditLog audit() {
        return event -> {
            if (!auditIsFull) {
                audited.add(event);
            }
            return !auditIsFull;
        };
    }

    private final class Own implements OwnCredentials {

        @Override
        public Optional<Kind> known() {
            return ownIsKnown ? own : Optional.empty();
        }

        @Override
        public Optional<Kind> lookUp() {
            return own;
        }
    }
}
