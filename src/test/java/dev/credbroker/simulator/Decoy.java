package dev.credbroker.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** A place on loopback where nothing should ever go: takes every connection, counts it, and hangs up. */
public final class Decoy implements AutoCloseable {

    private static final int BACKLOG = 50;

    private final ServerSocket socket;
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicInteger own = new AtomicInteger();

    public Decoy() {
        try {
            this.socket = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.startVirtualThread(this::take);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** Without a path. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** How many have connected so far. They are taken in turn: once it has taken one of its own, it has missed none. */
    public int connections() {
        try (Socket last = new Socket(socket.getInetAddress(), port())) {
            awaitEnd(last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return taken.get() - own.incrementAndGet();
    }

    private static void awaitEnd(Socket last) {
        try {
            var _ = last.getInputStream().read();
        } catch (IOException _) {
            // Hung up on, which is what it waits for.
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void take() {
        while (!socket.isClosed()) {
            try (Socket _ = socket.accept()) {
                taken.incrementAndGet();
            } catch (IOException _) {
                // Closed; or somebody who is gone already, and was counted.
            }
        }
    }
}
