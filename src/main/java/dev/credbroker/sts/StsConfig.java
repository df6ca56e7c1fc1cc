package dev.credbroker.sts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
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

    /**
     * How long an exchange may take, with waiting for its turn and all tries. Default 5 s. Longer: callers wait longer when
     * STS is down.
     */
    @WithDefault("5s")
    Duration callTimeout();

    /**
     * How many calls may be under way at once for one account in one region. Default 64. More wait for their turn:
     * who would have to wait longer than a quarter of the call timeout is refused at once, with 429. So is the 401st call of
     * one caller in a region, over all accounts.
     */
    @WithDefault("64")
    int concurrency();

    /**
     * How many calls may begin in a second for one account in one region; each replica counts by itself. Default 100.
     * Roles that are assumed with the broker's own credentials count together. When STS throttles, the broker slows down,
     * and is back at this pace within ten seconds. Callers take turns: one that sends more waits for itself.
     */
    @WithDefault("100")
    int callsPerSecond();

    /**
     * Regions that are asked, in this order, when a role's own does not answer. Only those of the role's partition are.
     * The sessions are valid everywhere all the same. Each region has its share of the call timeout, so that with two of
     * them a call that takes longer than a third of it is given up.
     */
    Optional<List<String>> fallbackRegions();
}
