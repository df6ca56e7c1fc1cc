package dev.credbroker.cache;

import dev.credbroker.cache.StoreTrouble.Kind;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A few connections for many threads. They are opened beside those who wait for one, since a handshake may take longer
 * than anybody waits.
 */
final class RespConnections implements AutoCloseable {

    /** More than these do not wait for a connection: they would not get one in time. */
    static final int MOST_WAITING = 256;

    private final Opener opener;
    private final int most;
    private final Executor threads;
    /** Absent for an attempt that has failed: whoever waits for it need not wait for longer. */
    private final BlockingDeque<Optional<RespConnection>> idle = new LinkedBlockingDeque<>();

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile boolean closed;

    /** Opens connections. */
    interface Opener {
        RespConnection open() throws IOException;
    }

    /** @param most how many connections there are at once */
    RespConnections(Opener opener, int most, Executor threads) {
        this.opener = opener;
        this.most = most;
        this.threads = threads;
    }

    /**
     * One that nobody else has; to be given back or discarded. Waits until it is interrupted.
     *
     * @throws StoreTrouble if none can be opened, or too many wait
     */
    RespConnection take() throws InterruptedException, StoreTrouble {
        Optional<RespConnection> rested = rested();
        if (rested.isPresent()) {
            return rested.get();
        }
        try {
            if (waiting.incrementAndGet() > MOST_WAITING) {
                throw new StoreTrouble(Kind.UNASKED);
            }
            openOneMore();
            return idle.takeFirst().orElseThrow(() -> new StoreTrouble(Kind.BROKEN));
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** For another to take. */
    void give(RespConnection connection) {
        idle.addFirst(Optional.of(connection));
        if (closed) {
            discardRested();
        }
    }

    void discard(RespConnection connection) {
        connection.close();
        open.decrementAndGet();
        if (waiting.get() > 0) {
            openOneMore();
        }
    }

    /** All that nobody has: when one turns out to be dead, so are most likely those that have rested as long. */
    void discardRested() {
        for (Optional<RespConnection> next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            next.ifPresent(this::discard);
        }
    }

    /** Opens one in the background, so that the first who asks need not wait for it. */
    void openOneMore() {
        if (closed || open.incrementAndGet() > most) {
            open.decrementAndGet();
            return;
        }
        try {
            threads.execute(this::connect);
        } catch (RejectedExecutionException e) {
            open.decrementAndGet();
        }
    }

    @Override
    public void close() {
        closed = true;
        discardRested();
    }

    private void connect() {
        Optional<RespConnection> opened = Optional.empty();
        try {
            opened = Optional.of(opener.open());
        } catch (IOException | RuntimeException e) {
            open.decrementAndGet();
        }
        idle.addFirst(opened);
        if (closed) {
            discardRested();
        }
    }

    private Optional<RespConnection> rested() {
        for (Optional<RespConnection> next = idle.pollFirst(); next != null; next = idle.pollFirst()) {
            if (next.filter(RespConnection::usable).isPresent()) {
                return next;
            }
            next.ifPresent(this::discard);
        }
        return Optional.empty();
    }
}
