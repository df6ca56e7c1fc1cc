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
import dev.credbroker.saml.SamlProviderState;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.OwnCredentials;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.session.SessionPlanner;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.idp.Page;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.sts.ScriptedExchange;
import dev.credbroker.sts.StsExchange;
import dev.credbroker.telemetry.CorrelationId;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A broker that trusts one issuer over a real socket, with one role for web identities and one for its own keys; STS is
 * scripted, and what is audited is kept. A test that needs more says so to a {@link Draft}.
 */
final class BrokerWorld implements AutoCloseable {

    static final String BATCH = "batch-upload";
    static final String DEPLOYER = "deployer";
    static final String PRODUCTION = "adfs-production";

    static final String BROKER_AUDIENCE = "urn:example:credential-broker";
    static final String BROKER_RECIPIENT = "https://broker.example.com/v1/credentials";

    private static final AwsRegion IRELAND = new AwsRegion("eu-west-1");

    /** Fetches that failed are tried again a few times, at once; what is due later is never due in a test. */
    private static final Duration SOON = Duration.ofSeconds(30);

    final TestTicker ticker = new TestTicker();

    /** How often the cache has asked what time it is: whenever it judges a session that it holds. */
    final AtomicInteger judged = new AtomicInteger();

    final List<AuditEvent> audited = Collections.synchronizedList(new ArrayList<>());
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

    private BrokerWorld(Draft draft) {
        this.world = draft.world;
        Findings findings = new Findings();
        KeyUpkeep upkeep = new KeyUpkeep(world.clock(), () -> 0, BrokerWorld::soonOrNever);
        OidcConfig oidc = draft.config(OidcConfig.class, "broker.issuers.");
        SamlConfig saml = draft.config(SamlConfig.class, "broker.saml.");
        this.issuers = OidcIssuers.from(oidc, findings, upkeep);
        this.samlProviders = SamlProviders.from(saml, findings, world.clock());
        RoleCatalogue catalogue = RoleCatalogue.from(
                draft.config(RolesConfig.class, "broker.roles."), traits(oidc), Optional.of(IRELAND), findings);
        assertThat(findings.all()).isEmpty();
        this.sts = new ScriptedExchange(world.clock());
        this.broker = new CredentialBroker(
                new IdentityVerifier(
                        new JwtChecker(issuers, world.clock()), new AssertionChecker(samlProviders, world.clock())),
                new Authorizer(catalogue),
                new SessionPlanner(new Own(), world.clock()),
                new CredentialCache(
                        draft.exchange.orElse(sts),
                        new Freshness(0.5, 0.9, Duration.ofMinutes(2)),
                        draft.maximumSessions,
                        Thread::startVirtualThread,
                        this::judging,
                        ticker,
                        () -> 0.5,
                        Duration.ofMinutes(1)),
                draft.audit.orElseGet(this::audit),
                new BrokerMeters(registry),
                world.clock());
    }

    /** Before any key has been fetched. */
    static BrokerWorld cold(World world) {
        return new BrokerWorld(of(world));
    }

    /** Once the issuer's keys are in memory. */
    static BrokerWorld warm(World world) {
        return of(world).warm();
    }

    static Draft of(World world) {
        return new Draft(world);
    }

    /** What a broker is made of, before it is made. */
    static final class Draft {

        private final World world;
        private final Map<String, String> properties = new HashMap<>();
        private Optional<StsExchange> exchange = Optional.empty();
        private Optional<AuditLog> audit = Optional.empty();
        private int maximumSessions = 1000;

        private Draft(World world) {
            this.world = world;
            issuer("corp", world.provider().issuer());
            role(BATCH, World.OIDC_ROLE, "assume-role-with-web-identity")
                    .with(BATCH, "max-duration", "PT4H")
                    .with(BATCH, "admit[0].match.groups.any-of", "uploaders");
            role(DEPLOYER, World.KEY_ROLE, "assume-role")
                    .with(DEPLOYER, "max-duration", "PT4H")
                    .with(DEPLOYER, "source-identity", "{email}")
                    .with(DEPLOYER, "admit[0].match.groups.any-of", "deployers");
        }

        /** One more whose tokens the simulated provider signs, whatever the issuer is called. */
        Draft issuer(String name, String text) {
            properties.put("broker.issuers." + name + ".issuer", text);
            properties.put(
                    "broker.issuers." + name + ".jwks-uri", world.provider().url(Page.JWKS));
            properties.put("broker.issuers." + name + ".audiences", World.AUDIENCE);
            return this;
        }

        /** The simulated provider as {@code adfs}, with {@link #PRODUCTION} for all whose assertion names it. */
        Draft saml() {
            properties.put("broker.saml.adfs.metadata", world.provider().url(Page.METADATA));
            properties.put("broker.saml.adfs.provider-arn", World.PROVIDER);
            properties.put("broker.saml.adfs.broker-audience", BROKER_AUDIENCE);
            properties.put("broker.saml.adfs.broker-recipient", BROKER_RECIPIENT);
            return role(PRODUCTION, World.SAML_ROLE, "assume-role-with-saml")
                    .with(PRODUCTION, "admit[0].provider", "adfs")
                    .with(PRODUCTION, "admit[0].everyone", "true");
        }

        /** One more, admitting nobody of {@code corp} yet. */
        Draft role(String name, String arn, String operation) {
            return with(name, "arn", arn).with(name, "operation", operation).with(name, "admit[0].provider", "corp");
        }

        Draft with(String role, String setting, String value) {
            properties.put("broker.roles." + role + '.' + setting, value);
            return this;
        }

        /** In place of the scripted one. */
        Draft exchange(StsExchange other) {
            exchange = Optional.of(other);
            return this;
        }

        /** In place of the one that keeps everything. */
        Draft audit(AuditLog other) {
            audit = Optional.of(other);
            return this;
        }

        Draft maximumSessions(int most) {
            maximumSessions = most;
            return this;
        }

        /** Once the keys of all issuers and providers are in memory. */
        BrokerWorld warm() {
            BrokerWorld warm = new BrokerWorld(this);
            warm.issuers.start();
            warm.samlProviders.start();
            while (!warm.isWarm()) {
                assertThat(Thread.interrupted()).as("out of time for keys").isFalse();
                Thread.onSpinWait();
            }
            return warm;
        }

        private <T> T config(Class<T> mapping, String prefix) {
            Map<String, String> own = new HashMap<>(properties);
            own.keySet().removeIf(name -> !name.startsWith(prefix));
            return new SmallRyeConfigBuilder()
                    .addDiscoveredConverters()
                    .withMapping(mapping)
                    .withSources(new PropertiesConfigSource(own, "test", 100))
                    .build()
                    .getConfigMapping(mapping);
        }
    }

    private Instant judging() {
        judged.incrementAndGet();
        return world.clock().instant();
    }

    private boolean isWarm() {
        return issuers.keys().stream().allMatch(IssuerKeys::usable)
                && samlProviders.states().stream().allMatch(SamlProviderState::usable);
    }

    private Map<String, ProviderTraits> traits(OidcConfig oidc) {
        Map<String, ProviderTraits> traits = new HashMap<>();
        oidc.issuers().keySet().forEach(name -> traits.put(name, new ProviderTraits(false, true, false)));
        samlProviders.names().forEach(name -> traits.put(name, new ProviderTraits(true, true, true)));
        return traits;
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

    static CredentialRequest request(SamlDraft response, String role) {
        Proof proof = new Proof.SamlResponse(Secret.of(response.encode()));
        return new CredentialRequest(id(), proof, role, new RequestedDuration.Unsaid(), Optional.empty());
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

    private static void soonOrNever(Duration delay, Runnable task) {
        if (delay.compareTo(SOON) < 0) {
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
