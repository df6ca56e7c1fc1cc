package dev.credbroker.saml;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys with which one provider signs. From memory only: asking never waits for a network. */
sealed interface SigningKeys permits FixedKeys, FetchedMetadata {

    /** One to three different keys that are known at {@code now}; absent if there are none at present. Never an empty list. */
    Optional<List<CertifiedKey>> at(Instant now);
}
