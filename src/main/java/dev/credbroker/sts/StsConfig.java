package dev.credbroker.sts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** How AWS STS is reached. */
@ConfigMapping(prefix = "broker.sts")
public interface StsConfig {

    /**
     * The region whose STS is called for roles that name none of their own, such as {@code eu-west-1}. Always a regional
     * endpoint: the global one is slower, has its own outages, and its tokens are not valid everywhere. AWS profile
     * files ({@code ~/.aws/config}) have no say in where STS is. {@code AWS_USE_FIPS_ENDPOINT} and
     * {@code AWS_USE_DUALSTACK_ENDPOINT} have: they choose another endpoint of AWS's own in the region.
     */
    Optional<String> region();

    /**
     * Calls this URL in place of AWS: a VPC endpoint, or a simulator. HTTPS, or plain HTTP on loopback. All regions use
     * it. A proxy that the environment names ({@code HTTP_PROXY}, {@code http.proxyHost}) is used for HTTPS only, as a
     * tunnel.
     */
    Optional<String> endpointOverride();

    /** How long a connection to STS may take. Default 1 s. */
    @WithDefault("1s")
    Duration connectTimeout();

    /** How long a call may take with all its retries. Default 5 s. Longer: callers wait longer when STS is down. */
    @WithDefault("5s")
    Duration callTimeout();

    /** How many calls to STS may be under way at once. Default 64. More wait, up to their call timeout. */
    @WithDefault("64")
    int concurrency();
}
