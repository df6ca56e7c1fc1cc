package dev.credbroker.broker;

import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.SessionPlan;
import java.util.Optional;

/** How far a request has come before anything is held or exchanged. */
sealed interface Way {

    /** Verified, permitted and planned. */
    record Open(Granted granted, SessionPlan plan) implements Way {}

    /**
     * Refused.
     *
     * @param provider whose proof it claims to be, where known
     * @param identity where the proof was verified
     */
    record Closed(Refusal refusal, Optional<String> provider, Optional<VerifiedIdentity> identity) implements Way {}

    /** What is in memory does not suffice to tell. */
    record NotInMemory() implements Way {}
}
