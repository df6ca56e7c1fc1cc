package dev.credbroker.api;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A client that sends exactly what it is told, for what no well-behaved client sends. */
public record RawHttp(int port) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Pattern ANSWER =
            Pattern.compile("HTTP/1.1 (\\d{3}) .*?\r\nContent-Type: ([^\r]*)\r\n.*?\r\n\r\n(.*)", Pattern.DOTALL);

    public record Answer(int status, String contentType, String body) {}

    /** Sends {@code request}, and reads the broker's answer until it closes the connection. */
    public Answer send(String request) throws IOException {
        return parsed(exchange(request));
    }

    /** Everything that comes back for {@code request}. */
    public String exchange(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            OutputStream out = socket.getOutputStream();
            try {
                out.write(request.getBytes(StandardCharsets.ISO_8859_1));
                out.flush();
            } catch (SocketException closed) {
                // The broker need not read to its end what it refuses; its answer is there all the same.
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static Answer parsed(String answer) {
        Matcher parts = ANSWER.matcher(answer);
        if (!parts.matches()) {
            throw new AssertionError("no answer of the broker's: " + answer);
        }
        return new Answer(Integer.parseInt(parts.group(1)), parts.group(2), parts.group(3));
    }
}
