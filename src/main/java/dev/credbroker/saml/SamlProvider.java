package dev.credbroker.saml;

import java.time.Instant;
import java.util.Optional;

/** One trusted identity provider: what was decided about it, and its keys of this moment. */
record SamlProvider(ProviderSettings settings, SigningKeys keys) {

    String name() {
        return settings.name();
    }

    /** Absent until metadata that is to say it has been fetched. */
    Optional<String> entityId() {
        return settings.entityId()
                .or(() -> keys instanceof FetchedMetadata metadata ? metadata.entityId() : Optional.empty());
    }

    SamlProvider named(String entityId) {
        return new SamlProvider(settings.named(entityId), keys);
    }

    SamlProviderState state(Instant now) {
        Optional<FetchedMetadata> fetched =
                keys instanceof FetchedMetadata metadata ? Optional.of(metadata) : Optional.empty();
        return new SamlProviderState(
                name(),
                keys.at(now).isPresent(),
                fetched.flatMap(metadata -> metadata.age(now)),
                fetched.flatMap(FetchedMetadata::lastFailure));
    }
}
