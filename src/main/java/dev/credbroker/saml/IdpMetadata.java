package dev.credbroker.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What SAML metadata says of one identity provider.
 *
 * @param signingKeys one to three different ones
 * @param validUntil the earliest of those that hold for it (Metadata 2.3.1, 2.3.2, 2.4.1)
 */
record IdpMetadata(String entityId, List<CertifiedKey> signingKeys, Optional<Instant> validUntil) {

    IdpMetadata {
        signingKeys = List.copyOf(signingKeys);
    }

    boolean expired(Instant now) {
        return validUntil.filter(end -> !now.isBefore(end)).isPresent();
    }
}
