package dev.credbroker.api;

import java.util.concurrent.atomic.AtomicLong;

/** How many bytes of unfinished bodies the program holds, over all connections. */
final class BodyMemory {

    private final long most;
    private final AtomicLong held = new AtomicLong();

    BodyMemory(long most) {
        this.most = most;
    }

    /** An eighth of the heap. */
    static BodyMemory ofThisProgram() {
        return new BodyMemory(Runtime.getRuntime().maxMemory() / 8);
    }

    /** Whether there is room for so many more; if not, nothing is taken. */
    boolean take(int bytes) {
        boolean fits = held.addAndGet(bytes) <= most;
        if (!fits) {
            give(bytes);
        }
        return fits;
    }

    void give(int bytes) {
        held.addAndGet(-(long) bytes);
    }
}
