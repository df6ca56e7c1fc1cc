package dev.credbroker.saml;

import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The keys with which one provider signs. From memory only: asking never waits for a network. */
sealed interface SigningKeys permits FixedKeys, FetchedMetadata {

    /** One to three keys that are trusted at {@code now}; absent if there are none at present. Never an empty list. */
    Optional<List<PublicKey>> at(Instant now);
}
