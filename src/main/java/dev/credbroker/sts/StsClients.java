package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;

/** One client of STS for each region and way of signing, over one pool of connections. */
public final class StsClients implements AutoCloseable {

    private static final int MOST_ATTEMPTS = 3;

    /**
     * None: an {@code endpoint_url} in a profile, whoever wrote the file, would send proofs to another place, unchecked.
     * The broker's own credentials still come from the profiles.
     */
    private static final ProfileFile PROFILES = ProfileFile.aggregator().build();

    private final Optional<URI> endpoint;
    private final Duration callTimeout;
    private final SdkHttpClient http;
    private final AwsCredentialsProvider ownCredentials;
    private final Map<AwsRegion, StsClient> unsigned = new ConcurrentHashMap<>();
    private final Map<AwsRegion, StsClient> signed = new ConcurrentHashMap<>();

    /**
     * @param endpoint in place of AWS's regional endpoints
     * @param callTimeout for a call with all its retries
     * @param ownCredentials asked for {@code AssumeRole} only
     */
    public StsClients(
            Optional<URI> endpoint,
            Duration connectTimeout,
            Duration callTimeout,
            int concurrency,
            AwsCredentialsProvider ownCredentials) {
        this(
                endpoint,
                callTimeout,
                ownCredentials,
                Apache5HttpClient.builder()
                        .connectionTimeout(connectTimeout)
                        .socketTimeout(callTimeout)
                        .connectionAcquisitionTimeout(callTimeout)
                        .maxConnections(concurrency)
                        .proxyConfiguration(proxy(endpoint))
                        .build());
    }

    StsClients(
            Optional<URI> endpoint, Duration callTimeout, AwsCredentialsProvider ownCredentials, SdkHttpClient http) {
        this.endpoint = endpoint;
        this.callTimeout = callTimeout;
        this.ownCredentials = ownCredentials;
        this.http = http;
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
                .httpClient(http)
                .applyMutation(builder -> endpoint.ifPresent(builder::endpointOverride))
                .overrideConfiguration(override -> override.defaultProfileFile(PROFILES)
                        .apiCallTimeout(callTimeout)
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(MOST_ATTEMPTS)
                                .retryOnException(StsErrors::isTransient)
                                .build()))
                .build();
    }

    @Override
    public void close() {
        unsigned.values().forEach(StsClient::close);
        signed.values().forEach(StsClient::close);
        http.close();
    }
}
