package dev.credbroker.identity;

import java.util.Optional;

/** What came of verifying a proof. */
public sealed interface Verification {

    /** Every check has passed. */
    record Verified(VerifiedIdentity identity) implements Verification {}

    /**
     * It cannot be read at all: the caller's mistake in writing, not in standing.
     *
     * @param reason of a closed set, for audit
     */
    record Malformed(String reason) implements Verification {}

    /**
     * Something about it is wrong, and the caller is not told what.
     *
     * @param provider whose it claims to be, where that is one that is configured
     * @param reason of a closed set, for audit
     */
    record Rejected(Optional<String> provider, String reason) implements Verification {}

    /** Every other check has passed, and only its time is over. */
    record Expired(String provider) implements Verification {}

    /** The issuer's keys are not in memory: verify again where waiting is allowed. */
    record KeysMissing(String provider) implements Verification {}

    /** The issuer's keys cannot be had now. */
    record Unavailable(String provider) implements Verification {}
}
