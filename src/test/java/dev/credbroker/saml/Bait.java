package dev.credbroker.saml;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address on loopback that attackers' documents point to. Whoever follows it is hung up on, and was counted before it can notice.
 */
public final class Bait {

    private static final AtomicInteger connections = new AtomicInteger();
    private static final ServerSocket socket = open();

    private Bait() {}

    /** How often anybody has come, by whatever protocol. */
    public static int connections() {
        return connections.get();
    }

    static String url(String scheme) {
        return scheme + "://127.0.0.1:" + socket.getLocalPort() + "/bait";
    }

    private static ServerSocket open() {
        try {
            ServerSocket opened = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().name("bait").start(() -> serve(opened));
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(ServerSocket open) {
        while (true) {
            try (var _ = open.accept()) {
                connections.incrementAndGet();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
