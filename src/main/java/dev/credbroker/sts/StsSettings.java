package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.configuration.Findings;
import dev.credbroker.configuration.WebAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How STS is reached, as far as the configuration is right.
 *
 * @param callsPerSecond for one account in one region
 * @param region absent where none is configured, which has then been found
 */
public record StsSettings(
        Optional<AwsRegion> region,
        Optional<URI> endpoint,
        Duration connectTimeout,
        Duration callTimeout,
        int concurrency,
        int callsPerSecond,
        List<AwsRegion> fallbackRegions) {

    public StsSettings {
        fallbackRegions = List.copyOf(fallbackRegions);
    }

    private static final String PREFIX = "broker.sts.";
    private static final String FALLBACK = "fallback-regions";
    private static final Set<String> ENDPOINTS_OF_THE_SDK =
            Set.of("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_STS", "aws.endpointUrl", "aws.endpointUrlSts");
    private static final Duration LONGEST_CALL = Duration.ofSeconds(30);

    /**
     * Reads {@code config}, and says every mistake of it to {@code findings}.
     *
     * @param environment the names of all environment variables and system properties
     */
    public static StsSettings from(StsConfig config, Set<String> environment, Findings findings) {
        ENDPOINTS_OF_THE_SDK.stream()
                .filter(environment::contains)
                .forEach(name -> findings.add(
                        name, "would send tokens to another place, unchecked: use broker.sts.endpoint-override"));
        if (config.region().isEmpty()) {
            findings.add(PREFIX + "region", "is missing: the region whose STS is called, such as eu-west-1");
        }
        between(config.connectTimeout(), "connect-timeout", findings);
        between(config.callTimeout(), "call-timeout", findings);
        if (config.concurrency() < 1) {
            findings.add(PREFIX + "concurrency", "is at least 1");
        }
        if (config.callsPerSecond() < 1) {
            findings.add(PREFIX + "calls-per-second", "is at least 1");
        }
        return new StsSettings(
                config.region().flatMap(name -> findings.parse(PREFIX + "region", name, AwsRegion::new)),
                config.endpointOverride()
                        .flatMap(url -> findings.parse(PREFIX + "endpoint-override", url, WebAddress::parse))
                        .map(WebAddress::uri),
                config.connectTimeout(),
                config.callTimeout(),
                config.concurrency(),
                config.callsPerSecond(),
                fallbackRegions(config, findings));
    }

    private static List<AwsRegion> fallbackRegions(StsConfig config, Findings findings) {
        List<String> names = config.fallbackRegions().orElse(List.of());
        if (!names.isEmpty() && config.endpointOverride().isPresent()) {
            findings.add(
                    PREFIX + FALLBACK, "would all be the same endpoint: endpoint-override is called for every region");
        }
        List<AwsRegion> regions = names.stream()
                .flatMap(name -> findings.parse(PREFIX + FALLBACK, name, AwsRegion::new).stream())
                .toList();
        if (Set.copyOf(names).size() < names.size()
                || config.region().filter(names::contains).isPresent()) {
            findings.add(PREFIX + FALLBACK, "names a region twice, or broker.sts.region itself");
        }
        return regions;
    }

    private static void between(Duration timeout, String key, Findings findings) {
        if (!timeout.isPositive() || timeout.compareTo(LONGEST_CALL) > 0) {
            findings.add(PREFIX + key, "is more than 0 and at most 30 seconds");
        }
    }
}
