package dev.credbroker.saml;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

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

    /** Those that are trusted at {@code now}; absent if there are none at present. Never an empty list. */
    Optional<List<PublicKey>> keysAt(Instant now) {
        return keys.at(now)
                .map(known -> known.stream()
                        .filter(key -> !settings.refusesExpiredCertificates() || key.dated(now))
                        .map(CertifiedKey::key)
                        .distinct()
                        .toList())
                .filter(Predicate.not(List::isEmpty));
    }

    /** Those that are known, and whose certificates are outside their dates. */
    List<CertifiedKey> undatedAt(Instant now) {
        return keys.at(now).orElse(List.of()).stream()
                .filter(key -> !key.dated(now))
                .toList();
    }

    SamlProviderState state(Instant now) {
        Optional<FetchedMetadata> fetched =
                keys instanceof FetchedMetadata metadata ? Optional.of(metadata) : Optional.empty();
        return new SamlProviderState(
                name(),
                keysAt(now).isPresent(),
                fetched.flatMap(metadata -> metadata.age(now)),
                fetched.flatMap(FetchedMetadata::lastFailure));
    }
}
