package dev.credbroker.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on loopback that says to each connection what it was told to, whatever it is asked. */
final class ScriptedServer implements AutoCloseable {

    final AtomicInteger connections = new AtomicInteger();
    private final ServerSocket server;
    private final Conversation conversation;

    /** One connection, from its beginning to its end. */
    interface Conversation {
        void hold(int number, InputStream in, OutputStream out) throws IOException;
    }

    ScriptedServer(Conversation conversation) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.conversation = conversation;
        Thread.startVirtualThread(this::accept);
    }

    /** Says this to whatever it is asked, and then hangs up. */
    static ScriptedServer saying(String reply) throws IOException {
        return new ScriptedServer((_, in, out) -> {
            heard(in);
            out.write(reply.getBytes(StandardCharsets.US_ASCII));
        });
    }

    /** Waits for whatever is said, and returns how much it was. */
    static int heard(InputStream in) throws IOException {
        return in.read(new byte[65_536]);
    }

    RedisAddress address() {
        return RedisAddress.parse("redis://127.0.0.1:" + server.getLocalPort());
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                int number = connections.incrementAndGet();
                Thread.startVirtualThread(() -> converse(socket, number));
            }
        } catch (IOException e) {
            // it is closed
        }
    }

    private void converse(Socket socket, int number) {
        try (socket) {
            conversation.hold(number, socket.getInputStream(), socket.getOutputStream());
        } catch (IOException e) {
            // the other side has hung up
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
