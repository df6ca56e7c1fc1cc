package dev.credbroker.oidc;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Where an issuer's keys come from. */
interface KeySource extends AutoCloseable {

    /** Blocks for some seconds at most. */
    FetchedKeys fetch() throws KeysFetchException;

    @Override
    void close();

    /**
     * What came.
     *
     * @param byId may be empty, which the caller refuses
     * @param freshFor what the server said of how long it holds
     */
    record FetchedKeys(Map<String, VerificationKey> byId, Optional<Duration> freshFor) {

        public FetchedKeys {
            byId = Map.copyOf(byId);
        }
    }
}
