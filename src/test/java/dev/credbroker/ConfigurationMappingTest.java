package dev.credbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.audit.AuditConfig;
import dev.credbroker.cache.CacheConfig;
import dev.credbroker.configuration.EmptyProperties;
import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.oidc.OidcConfig;
import dev.credbroker.roles.RolesConfig;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.secret.Secret;
import dev.credbroker.sts.StsConfig;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The configuration as operators write it, read by all its mappings together. */
class ConfigurationMappingTest {

    private static final String MANUAL = """
        broker:
          issuers:
            corp:
              issuer: https://idp.example.com/realms/corp
              audiences: [credential-broker]
              attributes: { groups: realm_access.roles }
          saml:
            adfs:
              metadata: /etc/broker/adfs.xml
              provider-arn: arn:aws:iam::*:saml-provider/ADFS
          roles:
            adfs-production:
              arn: arn:aws:iam::123456789012:role/ADFS-Production
              operation: assume-role-with-saml
              default-duration: 1h
              max-duration: 4h
              on-excess: reject
              admit:
                - provider: adfs
                  match: { groups: { any-of: [uploaders] } }
            deployer:
              arn: arn:aws:iam::123456789012:role/Deployer
              operation: assume-role
              admit:
                - provider: corp
                  match:
                    groups: { equals: deployers, prefix: "team:" }
                    email_verified: { equals: true }
                - provider: corp-eu
                  everyone: true
              session-name: "{provider}-{subject}"
              source-identity: "{provider}-{subject}"
              tags: { team: "{team}", cost.center: "{cost-center}" }
              transitive-tags: [team]
              policy: /etc/broker/narrow.json
              policy-arns: [arn:aws:iam::aws:policy/ReadOnlyAccess]
              external-id: "4711"
              region: eu-central-1
              min-remaining: 10m
              end-with-token: true
          sts:
            region: eu-west-1
            endpoint-override: https://sts.example.com
            connect-timeout: 1s
            call-timeout: 5s
            concurrency: 64
          cache:
            maximum-sessions: 1000
            reuse-fraction: 0.5
            long-reuse-fraction: 0.9
            floor: 2m
            redis:
              hosts: [rediss://redis.example.com:6379]
              keys:
                - { id: 2026-11, file: /run/secrets/broker/2026-11 }
                - { id: 2026-05, value: the older one }
              password-file: /run/secrets/broker/redis
          audit:
            on-failure: count
        """;

    @Test
    void roles_ofTheManual_areRead() {
        RolesConfig.Entry role =
                read(MANUAL).getConfigMapping(RolesConfig.class).roles().get("adfs-production");

        assertThat(role.arn()).contains("arn:aws:iam::123456789012:role/ADFS-Production");
        assertThat(role.operation()).contains("assume-role-with-saml");
        assertThat(role.defaultDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(role.maxDuration()).isEqualTo(Duration.ofHours(4));
        assertThat(role.admit().getFirst().match().get("groups").anyOf()).contains(List.of("uploaders"));
        assertThat(role.policy()).isEmpty();
    }

    @Test
    void role_withEverySetting_isRead() {
        RolesConfig.Entry role =
                read(MANUAL).getConfigMapping(RolesConfig.class).roles().get("deployer");

        assertThat(role.admit()).hasSize(2);
        assertThat(role.admit().getLast().everyone()).isTrue();
        assertThat(role.admit().getFirst().everyone()).isFalse();
        assertThat(role.tags()).containsEntry("team", "{team}").containsEntry("cost.center", "{cost-center}");
        assertThat(role.transitiveTags()).contains(List.of("team"));
        assertThat(role.sessionName()).contains("{provider}-{subject}");
        assertThat(role.minRemaining()).contains(Duration.ofMinutes(10));
        assertThat(role.externalId()).contains("4711");
        assertThat(role.endWithToken()).isTrue();
    }

    @Test
    void match_withSeveralTestsOfOneAttribute_hasThemAll() {
        RolesConfig.Admit admit = read(MANUAL)
                .getConfigMapping(RolesConfig.class)
                .roles()
                .get("deployer")
                .admit()
                .getFirst();

        assertThat(admit.match().get("groups").equals()).contains("deployers");
        assertThat(admit.match().get("groups").prefix()).contains("team:");
        assertThat(admit.match().get("email_verified").equals()).contains("true");
    }

    @Test
    void providers_ofTheManual_areReadBesideTheRoles() {
        SmallRyeConfig config = read(MANUAL);

        assertThat(config.getConfigMapping(OidcConfig.class)
                        .issuers()
                        .get("corp")
                        .audiences())
                .contains(List.of("credential-broker"));
        assertThat(config.getConfigMapping(SamlConfig.class).saml().get("adfs").providerArn())
                .contains("arn:aws:iam::*:saml-provider/ADFS");
    }

    @Test
    void everythingElse_ofTheManual_isReadBesideTheRoles() {
        SmallRyeConfig config = read(MANUAL);

        assertThat(config.getConfigMapping(StsConfig.class).region()).contains("eu-west-1");
        assertThat(config.getConfigMapping(StsConfig.class).callTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.getConfigMapping(CacheConfig.class).floor()).isEqualTo(Duration.ofMinutes(2));
        assertThat(config.getConfigMapping(AuditConfig.class).onFailure()).isEqualTo("count");
    }

    @Test
    void sharedStore_ofTheManual_isReadWithItsKeysInOrderAndAsSecrets() {
        CacheConfig.Redis redis =
                read(MANUAL).getConfigMapping(CacheConfig.class).redis();

        assertThat(redis.hosts()).contains(List.of("rediss://redis.example.com:6379"));
        assertThat(redis.keys()).extracting(key -> key.id().orElse("")).containsExactly("2026-11", "2026-05");
        assertThat(redis.keys().getLast().value()).contains(Secret.of("the older one"));
        assertThat(redis.commandTimeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(redis.plainText()).isFalse();
    }

    @Test
    void nothing_isEnoughForAllMappings() {
        SmallRyeConfig config = read("other: thing");

        assertThat(config.getConfigMapping(RolesConfig.class).roles()).isEmpty();
        assertThat(config.getConfigMapping(OidcConfig.class).issuers()).isEmpty();
        assertThat(config.getConfigMapping(CacheConfig.class).maximumSessions()).isEqualTo(100_000);
        assertThat(config.getConfigMapping(CacheConfig.class).redis().hosts()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ rolls: { a: { arn: b } } } | broker.rolls.a.arn",
                "{ roles: { a: { arm: b } } } | broker.roles.a.arm",
                "{ roles: { a: { admit: [ { provider: p, matches: { g: { equals: x } } } ] } } } |"
                        + " broker.roles.a.admit[0].matches.g.equals",
                "{ roles: { a: { admit: [ { provider: p, match: { g: { equal: x } } } ] } } } |"
                        + " broker.roles.a.admit[0].match.g.equal",
                "{ issuers: { a: { audience: b } } } | broker.issuers.a.audience",
                "{ saml: { a: { audience: b } } } | broker.saml.a.audience",
                "{ sts: { regions: eu-west-1 } } | broker.sts.regions",
                "{ cache: { size: 1 } } | broker.cache.size",
                "{ cache: { redis: { host: a } } } | broker.cache.redis.host",
                "{ audit: { files: a } } | broker.audit.files",
                "{ role: a } | broker.role"
            })
    void property_thatNoMappingClaims_isRefusedByName(String broker, String property) {
        assertThatThrownBy(() -> read("broker: " + broker))
                .isInstanceOf(ConfigValidationException.class)
                .hasMessageContaining(property + " ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ roles: { a: { policy: '' } } } | broker.roles.a.policy",
                "{ roles: { a: { policy: '/etc/${nowhere.defined}.json' } } } | broker.roles.a.policy",
                "{ roles: { a: { policy: '${nowhere.defined:}' } } } | broker.roles.a.policy",
                "{ roles: { a: { policy-arns: [] } } } | broker.roles.a.policy-arns",
                "{ roles: { a: { policy-arns: [''] } } } | broker.roles.a.policy-arns[0]",
                "{ roles: { a: { session-name: '${subject}' } } } | broker.roles.a.session-name",
                "{ roles: { a: { admit: [ { match: { g: { any-of: [''] } } } ] } } } |"
                        + " broker.roles.a.admit[0].match.g.any-of[0]",
                "{ saml: { a: { broker-audience: '' } } } | broker.saml.a.broker-audience",
                "{ cache: { redis: { keys: [ { id: a, value: '${NOT_SET}' } ] } } } | broker.cache.redis.keys[0].value",
                "{ sts: { region: '${nowhere.defined}' } } | broker.sts.region"
            })
    void property_thatSaysNothing_isAFinding(String broker, String property) {
        Findings findings = new Findings();

        EmptyProperties.find(read("broker: " + broker.replace('\'', '"')), findings);

        assertThat(findings.all()).extracting(Finding::property).contains(property);
    }

    @Test
    void properties_ofTheManual_allSaySomething() {
        Findings findings = new Findings();

        EmptyProperties.find(read(MANUAL), findings);

        assertThat(findings.all()).isEmpty();
    }

    /** Converters and checks as Quarkus has them. */
    private static SmallRyeConfig read(String yaml) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new YamlConfigSource("application.yaml", yaml, 100))
                .withMapping(OidcConfig.class)
                .withMapping(SamlConfig.class)
                .withMapping(RolesConfig.class)
                .withMapping(StsConfig.class)
                .withMapping(CacheConfig.class)
                .withMapping(AuditConfig.class)
                .build();
    }
}
