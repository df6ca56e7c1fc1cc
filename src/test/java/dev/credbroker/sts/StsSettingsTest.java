package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StsSettingsTest {

    private record Config(
            Optional<String> region,
            Optional<String> endpointOverride,
            Duration connectTimeout,
            Duration callTimeout,
            int concurrency,
            int callsPerSecond,
            Optional<List<String>> fallbackRegions)
            implements StsConfig {}

    private static Config sound() {
        return new Config(
                Optional.of("eu-west-1"),
                Optional.empty(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                64,
                100,
                Optional.empty());
    }

    private static Config at(String endpoint) {
        return new Config(
                Optional.of("eu-west-1"),
                Optional.of(endpoint),
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                64,
                100,
                Optional.empty());
    }

    private static List<String> found(StsConfig config, String... environment) {
        Findings findings = new Findings();
        var _ = StsSettings.from(config, Set.of(environment), findings);
        return findings.all().stream().map(Finding::property).toList();
    }

    @Test
    void from_aSoundConfiguration_findsNothing() {
        assertThat(found(sound(), "PATH")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "aws.endpointUrl", "aws.endpointUrlSts"})
    void from_anEnvironmentThatMovesTheSdkElsewhere_isFound(String name) {
        assertThat(found(sound(), name)).containsExactly(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://vpce.example.com", "http://127.0.0.1:4566", "http://localhost:1", "http://[::1]:1"})
    void endpoint_overHttpsOrOnLoopback_isTaken(String endpoint) {
        assertThat(found(at(endpoint))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://sts.example.com",
                "http://128.0.0.1",
                "http://127.0.0.1.example.com",
                "http://localhost.example.com",
                "ftp://127.0.0.1",
                "sts.eu-west-1.amazonaws.com",
                "https://"
            })
    void endpoint_inClearOffLoopback_isFound(String endpoint) {
        assertThat(found(at(endpoint))).containsExactly("broker.sts.endpoint-override");
    }

    @Test
    void region_missingOrNone_isFound() {
        assertThat(found(new Config(
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        1,
                        1,
                        Optional.empty())))
                .containsExactly("broker.sts.region");
        assertThat(found(new Config(
                        Optional.of("global"),
                        Optional.empty(),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5),
                        1,
                        1,
                        Optional.empty())))
                .containsExactly("broker.sts.region");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 5, 1, 1, connect-timeout",
        "31, 5, 1, 1, connect-timeout",
        "1, 0, 1, 1, call-timeout",
        "1, 31, 1, 1, call-timeout",
        "1, 5, 0, 1, concurrency",
        "1, 5, 1, 0, calls-per-second"
    })
    void limit_outsideItsRange_isFound(int connect, int call, int concurrency, int pace, String key) {
        assertThat(found(new Config(
                        Optional.of("eu-west-1"),
                        Optional.empty(),
                        Duration.ofSeconds(connect),
                        Duration.ofSeconds(call),
                        concurrency,
                        pace,
                        Optional.empty())))
                .containsExactly("broker.sts." + key);
    }

    @Test
    void limit_atItsEnds_isTaken() {
        assertThat(found(new Config(
                        Optional.of("eu-west-1"),
                        Optional.empty(),
                        Duration.ofMillis(1),
                        Duration.ofSeconds(30),
                        1,
                        1,
                        Optional.empty())))
                .isEmpty();
    }

    @Test
    void fallbackRegions_inAnyOrder_areTakenInThatOrder() {
        Findings findings = new Findings();

        StsSettings settings =
                StsSettings.from(fallingBack(Optional.empty(), "us-west-2", "eu-central-1"), Set.of(), findings);

        assertThat(findings.none()).isTrue();
        assertThat(settings.fallbackRegions()).extracting(AwsRegion::name).containsExactly("us-west-2", "eu-central-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"global", "eu-west-1", "us-west-2,us-west-2"})
    void fallbackRegions_thatAreNoneOrSaidAlready_areFound(String regions) {
        assertThat(found(fallingBack(Optional.empty(), regions.split(",", -1))))
                .containsExactly("broker.sts.fallback-regions");
    }

    @Test
    void fallbackRegions_besideOneEndpointForAll_areFound() {
        assertThat(found(fallingBack(Optional.of("https://vpce.example.com"), "us-west-2")))
                .containsExactly("broker.sts.fallback-regions");
    }

    private static Config fallingBack(Optional<String> endpoint, String... regions) {
        return new Config(
                Optional.of("eu-west-1"),
                endpoint,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                64,
                100,
                Optional.of(List.of(regions)));
    }
}
