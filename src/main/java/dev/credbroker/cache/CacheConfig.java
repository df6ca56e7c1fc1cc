package dev.credbroker.cache;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long sessions are held, and when they are no longer worth giving. */
@ConfigMapping(prefix = "broker.cache")
public interface CacheConfig {

    /** How many sessions one replica holds. Default 100000; beyond it the least used go. */
    @WithDefault("100000")
    int maximumSessions();

    /**
     * The part of its lifetime that a session must still last to be given as it is; below it, it is renewed. Default 0.5,
     * at least 17 minutes and at most 0.7: SDKs renew when 15 minutes are left.
     */
    @WithDefault("0.5")
    double reuseFraction();

    /** The same for callers that named more than an hour, since their job needs what they named. Default 0.9. */
    @WithDefault("0.9")
    double longReuseFraction();

    /**
     * While nothing newer can be had, a held session is given down to this. Default 2 min. Too small: clients receive
     * keys that die in flight.
     */
    @WithDefault("2m")
    Duration floor();
}
