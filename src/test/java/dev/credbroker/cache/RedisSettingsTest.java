package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisSettingsTest {

    private static final String SOUND = """
        broker:
          cache:
            redis:
              hosts: ["redis://127.0.0.1:6379"]
              keys:
                - { id: "2026-b", file: "DIR/b.key" }
                - { id: "2026-a", value: "KEY" }
              username: "broker"
              password-file: "DIR/password"
              plain-text: false
              prefix: "cb:"
              command-timeout: 50ms
              connections: 8
        """;

    @TempDir
    Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("b.key"), Sealing.base64(2) + "\n");
        Files.writeString(directory.resolve("password"), "canary of a password\n");
        Files.writeString(directory.resolve("long"), "x".repeat(4097));
        Files.writeString(directory.resolve("empty"), "\n");
    }

    @Test
    void from_aSoundConfiguration_isWhatItSays() {
        RedisSettings settings = read(SOUND, new Findings()).orElseThrow();

        assertThat(settings.address()).isEqualTo(RedisAddress.parse("redis://127.0.0.1:6379"));
        assertThat(settings.keys()).extracting(SealingKey::id).containsExactly("2026-b", "2026-a");
        assertThat(settings.password()).contains(Secret.of("canary of a password"));
        assertThat(settings.commandTimeout()).isEqualTo(Duration.ofMillis(50));
        assertThat(settings.tls()).isEmpty();
        assertThat(settings.toString()).doesNotContain("canary", Sealing.base64(1), Sealing.base64(2));
    }

    @Test
    void from_nothing_isNothing() {
        Findings findings = new Findings();

        assertThat(read("broker: { cache: { floor: 2m } }", findings)).isEmpty();
        assertThat(findings.all()).isEmpty();
    }

    @Test
    void from_aTlsAddress_hasTheTrustOfJava() {
        String secure = SOUND.replace("redis://127.0.0.1", "rediss://redis.example.com");

        assertThat(read(secure, new Findings()).orElseThrow().tls()).isPresent();
    }

    @Test
    void from_aPlainAddressElsewhere_isTakenOnlyIfThatIsSaid() {
        String plain = SOUND.replace("127.0.0.1", "redis.example.com");

        assertThat(found(plain)).containsExactly("hosts[0]");
        assertThat(found(plain.replace("plain-text: false", "plain-text: true")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hosts: [\"redis://127.0.0.1:6379\"] | prefix: x | hosts",
                "\"redis://127.0.0.1:6379\" | \"redis://127.0.0.1:6379\", \"redis://127.0.0.1:6380\" | hosts",
                "redis://127.0.0.1:6379 | http://127.0.0.1 | hosts[0]",
                "redis://127.0.0.1:6379 | redis://x:canary@127.0.0.1 | hosts[0]",
                "DIR/b.key | DIR/missing | keys[0].file",
                "DIR/b.key | DIR/long | keys[0].file",
                "DIR/b.key | DIR/empty | keys[0].file",
                "DIR/b.key | DIR/password | keys[0]",
                "\"KEY\" | \"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\" | keys[1]",
                "\"KEY\" | \"AAECAwQFBgcICQoLDA0ODw==\" | keys[1]",
                "\"KEY\" | \"canary in place of a key\" | keys[1]",
                "\"KEY\" | \"OTHER\" | keys[1]",
                "value: \"KEY\" | value: \"KEY\", file: \"DIR/b.key\" | keys[1]",
                ", value: \"KEY\" | '' | keys[1]",
                "2026-a | 2026-b | keys[1].id",
                "2026-a | a b | keys[1]",
                "DIR/password | DIR/missing | password-file",
                "password-file: \"DIR/password\" | plain-text: false | username",
                "plain-text: false | ca-file: \"DIR/password\" | ca-file",
                "cb: | a b | prefix",
                "50ms | 0s | command-timeout",
                "50ms | 1001ms | command-timeout",
                "connections: 8 | connections: 0 | connections",
                "connections: 8 | connections: 65 | connections",
            })
    void from_aMistake_isFoundByNameAndQuotesNoSecret(String right, String wrong, String property) {
        String yaml = SOUND.replace(right, wrong);
        Findings findings = new Findings();

        assertThat(yaml).isNotEqualTo(SOUND);
        assertThat(read(yaml, findings)).isEmpty();
        assertThat(properties(findings)).containsExactly(property);
        assertThat(findings.all())
                .extracting(Finding::advice)
                .noneMatch(advice -> advice.contains("canary") || advice.contains(Sealing.base64(2)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "50ms | 1ms",
                "50ms | 1s",
                "connections: 8 | connections: 1",
                "connections: 8 | connections: 64",
            })
    void from_whatIsJustInBounds_findsNothing(String usual, String extreme) {
        assertThat(found(SOUND.replace(usual, extreme))).isEmpty();
    }

    @Test
    void from_noKeys_isFound() {
        String keyless = SOUND.replaceAll("(?m)^ +- \\{ id.*\\R", "").replaceAll("(?m)^ +keys:\\R", "");

        assertThat(found(keyless)).containsExactly("keys");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DIR/missing", "DIR/password"})
    void from_aCaFileThatIsNone_isFound(String file) {
        String secure = SOUND.replace("redis://127.0.0.1", "rediss://redis.example.com")
                .replace("plain-text: false", "ca-file: \"" + file + "\"");

        assertThat(found(secure)).containsExactly("ca-file");
    }

    private List<String> found(String yaml) {
        Findings findings = new Findings();
        Optional<RedisSettings> settings = read(yaml, findings);
        assertThat(settings.isPresent()).isEqualTo(findings.none());
        return properties(findings);
    }

    private static List<String> properties(Findings findings) {
        return findings.all().stream()
                .map(finding -> finding.property().replace("broker.cache.redis.", ""))
                .toList();
    }

    private Optional<RedisSettings> read(String yaml, Findings findings) {
        String text = yaml.replace("DIR", directory.toString())
                .replace("KEY", Sealing.base64(1))
                .replace("OTHER", Sealing.base64(2));
        CacheConfig config = new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(new YamlConfigSource("application.yaml", text, 100))
                .withMapping(CacheConfig.class)
                .build()
                .getConfigMapping(CacheConfig.class);
        return RedisSettings.from(config, findings);
    }
}
