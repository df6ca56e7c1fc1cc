package dev.credbroker.outcome;

/** What came of a request for a session. */
public sealed interface Outcome permits Issued, Refusal {}
