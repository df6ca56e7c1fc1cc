package dev.credbroker.oidc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/** A loopback address that tokens and answers point to, and that nobody may ever connect to. */
public final class Bait implements AutoCloseable {

    private final AtomicInteger bites = new AtomicInteger();
    private final ServerSocket socket;

    Bait() {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("bait").start(this::count);
    }

    public String url() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/keys";
    }

    /** How many connections there were. */
    public int bites() {
        return bites.get();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count() {
        while (!socket.isClosed()) {
            try {
                socket.accept().close();
                bites.incrementAndGet();
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }
}
