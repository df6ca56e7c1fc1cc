package dev.credbroker.saml;

import java.time.Duration;
import java.util.Optional;

/**
 * How a configured provider is at this moment, for health and gauges.
 *
 * @param usable whether its responses can be judged
 * @param age since its metadata was fetched; absent if it is not fetched at all, or was never yet
 * @param lastFailure of the most recent fetch, absent if that succeeded
 */
public record SamlProviderState(
        String provider, boolean usable, Optional<Duration> age, Optional<MetadataFailure> lastFailure) {}
