package dev.credbroker.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;

/**
 * Writes one line for each event, by one thread, out of a bounded queue.
 *
 * <p>While the sink fails, events are lost one by one, and answers are treated as if the queue were full, until a line
 * goes through again.
 */
public final class JsonAuditLog implements AuditLog, AutoCloseable {

    private static final Logger LOG = Logger.getLogger(JsonAuditLog.class);
    private static final long LONGEST_DRAIN_SECONDS = 5;

    /** A writer that waits at once for the next event is woken for each, which costs more than all else at an answer. */
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    /** A shorter queue might be full before the writer has rested. */
    private static final int LONG_QUEUE = 1000;

    private final BlockingQueue<AuditEvent> queue;
    private final OutputStream sink;
    private final OnFailure onFailure;
    private final Runnable loss;
    private final Thread writer;
    private final long restNanos;
    private final AtomicBoolean failing = new AtomicBoolean();
    private volatile boolean closing;
    /** The writer's own. */
    private int unflushed;

    /**
     * @param sink flushed after each batch; not closed
     * @param length how many events may wait
     * @param loss told of each event that is lost
     */
    public JsonAuditLog(OutputStream sink, int length, OnFailure onFailure, Runnable loss) {
        this.queue = new ArrayBlockingQueue<>(length);
        this.restNanos = length < LONG_QUEUE ? 0 : REST_NANOS;
        this.sink = sink;
        this.onFailure = onFailure;
        this.loss = loss;
        this.writer = Thread.ofPlatform().daemon().name("audit-writer").unstarted(this::writeAll);
    }

    public void start() {
        writer.start();
    }

    /** A line that was queued while the sink failed may yet be written, though its answer did not go out. */
    @Override
    public boolean admit(AuditEvent event) {
        boolean queued = queued(event);
        if (!queued) {
            loss.run();
        }
        return onFailure == OnFailure.COUNT || (queued && !failing.get());
    }

    /** What the writer has not taken when it ends nobody will write: an event that comes as the log closes is taken back. */
    private boolean queued(AuditEvent event) {
        if (closing || !queue.offer(event)) {
            return false;
        }
        if (closing) {
            var _ = queue.remove(event);
            return false;
        }
        return true;
    }

    /** Writes what is queued, for some seconds at most; what is left then, and what comes later, is lost. */
    @Override
    public void close() {
        closing = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(LONGEST_DRAIN_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        while (queue.poll() != null) {
            loss.run();
        }
    }

    private void writeAll() {
        try {
            while (!closing || !queue.isEmpty()) {
                AuditEvent event = queue.poll(100, TimeUnit.MILLISECONDS);
                if (event != null) {
                    write(event);
                    if (queue.isEmpty()) {
                        LockSupport.parkNanos(restNanos);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A runtime exception is a failure like any other: it must not end the only writer. */
    private void write(AuditEvent event) {
        try {
            unflushed++;
            if (failing.get()) {
                sink.write('\n'); // What failed may have left half a line.
            }
            sink.write(AuditJson.line(event));
            sink.write('\n');
            if (queue.isEmpty() || failing.get()) {
                sink.flush();
                unflushed = 0;
                recovered();
            }
        } catch (IOException | RuntimeException e) {
            failed(e);
        }
    }

    private void recovered() {
        if (failing.compareAndSet(true, false)) {
            LOG.info("the audit log can be written again");
        }
    }

    /** With a sink that buffers, any event since the last flush may be lost: rather one too many is counted than one too few. */
    private void failed(Exception failure) {
        if (failing.compareAndSet(false, true)) {
            LOG.errorf("the audit log cannot be written: %s", failure.getClass().getSimpleName());
        }
        for (; unflushed > 0; unflushed--) {
            loss.run();
        }
    }
}
