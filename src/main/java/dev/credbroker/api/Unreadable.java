package dev.credbroker.api;

import dev.credbroker.outcome.Refusal;

/** What came is no request that can be judged. */
final class Unreadable extends Exception {

    private final Refusal refusal;

    Unreadable(Refusal refusal) {
        super(refusal.reason(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
