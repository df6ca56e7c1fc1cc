package dev.credbroker.simulator.http;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A latch on the server's side: requests that reach it wait, without a thread, until it is opened. */
public final class Gate {

    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Tally waiting = new Tally("requests at the gate");

    public void open() {
        opened.complete(null);
    }

    /** Waits until this many requests have come to the gate, whether or not their clients are still there. */
    public void awaitArrivals(int count, Duration timeout) {
        waiting.await(count, timeout);
    }

    CompletionStage<Void> pass() {
        waiting.increment();
        return opened;
    }
}
