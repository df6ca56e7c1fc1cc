package dev.credbroker.saml;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Keys from metadata at a URL, fetched in the background.
 *
 * <p>A failed fetch, or one whose answer cannot be used, changes nothing but {@link #lastFailure()}: the last good metadata stays until its
 * {@code validUntil}, and at most 24 hours from when it was fetched. A good one replaces it whole, so a key that is withdrawn is gone.
 */
final class FetchedMetadata implements SigningKeys {

    private static final Duration LONGEST_KEPT = Duration.ofHours(24);
    private static final Duration REFRESHED_AFTER = Duration.ofHours(1);
    private static final Duration TRIED_AGAIN_AFTER = Duration.ofMinutes(1);

    /** While there is no metadata at all, nobody of this provider can be served. */
    private static final Duration MISSED_SORELY_AFTER = Duration.ofSeconds(5);

    private record Held(IdpMetadata metadata, Instant since) {

        Instant end() {
            Instant longest = since.plus(LONGEST_KEPT);
            return metadata.validUntil().filter(end -> end.isBefore(longest)).orElse(longest);
        }
    }

    private record State(Optional<Held> held, Optional<MetadataFailure> lastFailure) {}

    private final URI location;
    private final Optional<String> configured;
    private final MetadataDownload download;
    private final InstantSource clock;
    private volatile State state = new State(Optional.empty(), Optional.empty());

    FetchedMetadata(URI location, Optional<String> configured, MetadataDownload download, InstantSource clock) {
        this.location = location;
        this.configured = configured;
        this.download = download;
        this.clock = clock;
    }

    @Override
    public Optional<List<CertifiedKey>> at(Instant now) {
        return state.held()
                .filter(held -> now.isBefore(held.end()))
                .map(held -> held.metadata().signingKeys());
    }

    /** The configured one, or that of the first good metadata: what is fetched later cannot change for whom it speaks. */
    Optional<String> entityId() {
        return configured.or(() -> state.held().map(held -> held.metadata().entityId()));
    }

    Optional<Duration> age(Instant now) {
        return state.held().map(held -> Duration.between(held.since(), now));
    }

    Optional<MetadataFailure> lastFailure() {
        return state.lastFailure();
    }

    /**
     * Fetches once; blocks for at most the five seconds of {@link MetadataDownload}. Called by one thread at a time.
     *
     * @return after which time to fetch again
     */
    Duration refresh() {
        try {
            byte[] document = download.fetch(location);
            Instant now = clock.instant();
            Held held = new Held(MetadataReader.read(document, entityId(), now), now);
            state = new State(Optional.of(held), Optional.empty());
            return untilNext(held, now);
        } catch (UnusableMetadata e) {
            return failed(e.failure());
        } catch (RuntimeException e) {
            return failed(MetadataFailure.UNREACHABLE); // An address that the client refuses, such as port 99999.
        }
    }

    private Duration failed(MetadataFailure failure) {
        state = new State(state.held(), Optional.of(failure));
        return at(clock.instant()).isPresent() ? TRIED_AGAIN_AFTER : MISSED_SORELY_AFTER;
    }

    /** An hour, or half of what is left where {@code validUntil} is near, but never more often than after a failure. */
    private static Duration untilNext(Held held, Instant now) {
        Duration half = Duration.between(now, held.end()).dividedBy(2);
        if (half.compareTo(TRIED_AGAIN_AFTER) < 0) {
            return TRIED_AGAIN_AFTER;
        }
        return half.compareTo(REFRESHED_AFTER) < 0 ? half : REFRESHED_AFTER;
    }
}
