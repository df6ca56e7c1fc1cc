package dev.credbroker.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keys from files, known since the start.
 *
 * @param validUntil at which they are trusted no longer (Metadata 2.3.2), if the metadata says so
 */
record FixedKeys(List<CertifiedKey> keys, Optional<Instant> validUntil) implements SigningKeys {

    FixedKeys {
        keys = List.copyOf(keys);
    }

    @Override
    public Optional<List<CertifiedKey>> at(Instant now) {
        return validUntil.filter(end -> !now.isBefore(end)).isPresent() ? Optional.empty() : Optional.of(keys);
    }
}
