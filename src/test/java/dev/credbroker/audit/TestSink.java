package dev.credbroker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Where lines end up, unless it is told to fail or to hold the writer. */
final class TestSink extends OutputStream {

    /** What goes wrong with each write. */
    enum Failure {
        NONE,
        DISK_FULL,
        /** After half of what was to be written. */
        DISK_FULL_HALFWAY,
        UNCHECKED,
        ON_FLUSH
    }

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Semaphore arrivals = new Semaphore(0);
    private volatile Failure failure = Failure.NONE;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    void fail(Failure kind) {
        failure = kind;
    }

    void heal() {
        failure = Failure.NONE;
    }

    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    /** Waits until the writer is here. */
    void awaitWriter() throws InterruptedException {
        arrivals.acquire();
    }

    synchronized String text() {
        return written.toString(UTF_8);
    }

    List<String> lines() {
        return text().lines().toList();
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] octets, int from, int length) throws IOException {
        arrivals.release();
        pass();
        if (failure == Failure.UNCHECKED) {
            throw new IllegalStateException("a bug in the sink");
        }
        synchronized (this) {
            written.write(octets, from, written(length));
        }
        if (failure == Failure.DISK_FULL || failure == Failure.DISK_FULL_HALFWAY) {
            throw new IOException("No space left on device");
        }
    }

    @Override
    public void flush() throws IOException {
        if (failure == Failure.ON_FLUSH) {
            throw new IOException("No space left on device");
        }
    }

    private int written(int length) {
        return switch (failure) {
            case DISK_FULL -> 0;
            case DISK_FULL_HALFWAY -> length / 2;
            default -> length;
        };
    }

    private void pass() {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while held", e);
        }
    }
}
