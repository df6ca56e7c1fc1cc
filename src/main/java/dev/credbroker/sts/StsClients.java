package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** One client of STS for each region and way of signing, and for each region a pool of connections. */
public final class StsClients implements AutoCloseable {

    /**
     * None: an {@code endpoint_url} in a profile, whoever wrote the file, would send proofs to another place, unchecked.
     * The broker's own credentials still come from the profiles.
     */
    private static final ProfileFile PROFILES = ProfileFile.aggregator().build();

    private final Optional<URI> endpoint;
    private final Supplier<SdkHttpClient> connections;
    private final Map<AwsRegion, SdkHttpClient> pools = new ConcurrentHashMap<>();
    private final AwsCredentialsProvider ownCredentials;
    private final Map<AwsRegion, StsClient> unsigned = new ConcurrentHashMap<>();
    private final Map<AwsRegion, StsClient> signed = new ConcurrentHashMap<>();

    /**
     * @param endpoint in place of AWS's regional endpoints
     * @param callTimeout the longest that a call may be given
     * @param ownCredentials asked for {@code AssumeRole} only
     */
    public StsClients(
            Optional<URI> endpoint,
            Duration connectTimeout,
            Duration callTimeout,
            AwsCredentialsProvider ownCredentials) {
        this(
                endpoint,
                ownCredentials,
                () -> Apache5HttpClient.builder()
                        .connectionTimeout(connectTimeout)
                        .socketTimeout(callTimeout)
                        .connectionAcquisitionTimeout(callTimeout)
                        .maxConnections(Lanes.PLACES_OF_REGION)
                        .proxyConfiguration(proxy(endpoint))
                        .build());
    }

    /** @param connections makes a pool for a region */
    StsClients(Optional<URI> endpoint, AwsCredentialsProvider ownCredentials, Supplier<SdkHttpClient> connections) {
        this.endpoint = endpoint;
        this.ownCredentials = ownCredentials;
        this.connections = connections;
    }

    /**
     * The proxy that the environment names, which for HTTPS is a mere tunnel. None for an endpoint in clear: that is on
     * this machine, a proxy is not, and could read every proof and every key.
     */
    private static ProxyConfiguration proxy(Optional<URI> endpoint) {
        boolean inClear =
                endpoint.filter(url -> !"https".equals(url.getScheme())).isPresent();
        return ProxyConfiguration.builder()
                .useSystemPropertyValues(!inClear)
                .useEnvironmentVariableValues(!inClear)
                .build();
    }

    /** For the calls that carry their own proof: the broker needs no AWS credentials for them. */
    StsClient unsigned(AwsRegion region) {
        return unsigned.computeIfAbsent(region, where -> client(where, AnonymousCredentialsProvider.create()));
    }

    /** Signs with the broker's own credentials. */
    StsClient signed(AwsRegion region) {
        return signed.computeIfAbsent(region, where -> client(where, ownCredentials));
    }

    private StsClient client(AwsRegion region, AwsCredentialsProvider credentials) {
        return StsClient.builder()
                .region(Region.of(region.name()))
                .credentialsProvider(credentials)
                .httpClient(pools.computeIfAbsent(region, _ -> connections.get()))
                .applyMutation(builder -> endpoint.ifPresent(builder::endpointOverride))
                .overrideConfiguration(
                        override -> override.defaultProfileFile(PROFILES).retryStrategy(AwsRetryStrategy.doNotRetry()))
                .build();
    }

    @Override
    public void close() {
        unsigned.values().forEach(StsClient::close);
        signed.values().forEach(StsClient::close);
        pools.values().forEach(SdkHttpClient::close);
    }
}
