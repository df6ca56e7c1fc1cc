package dev.credbroker.cache;

/** What became of the wish to be the only replica that exchanges for a session. */
public sealed interface Lease {

    /**
     * This replica is the only one.
     *
     * @param release gives the lease back, if it is still this replica's
     */
    record Gained(Runnable release) implements Lease {}

    /** Another replica exchanges. */
    record Taken() implements Lease {}

    /** The store is in trouble, or there is none: go on alone. */
    record Unknown() implements Lease {}
}
