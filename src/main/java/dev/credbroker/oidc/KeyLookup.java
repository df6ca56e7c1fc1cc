package dev.credbroker.oidc;

/** What is known of a key id. */
sealed interface KeyLookup {

    /** @param generation the generation of the set that the key is in */
    record Found(VerificationKey key, long generation) implements KeyLookup {}

    /** The issuer has no such key: its set was read after somebody asked for it, a moment ago. */
    record Unknown() implements KeyLookup {}

    /** Not in memory; a fetch is under way, or may be started. */
    record Fetchable() implements KeyLookup {}

    /** Not in memory, and no fetch may be started now; or there was one, which did not tell. */
    record Unavailable() implements KeyLookup {}
}
