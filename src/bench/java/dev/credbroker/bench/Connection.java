package dev.credbroker.bench;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * One connection, with one request under way at a time. Every answer must be 200, or 429 where that may be, and have a
 * {@code Content-Length}.
 */
final class Connection implements AutoCloseable {

    private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REFUSED = "HTTP/1.1 429 ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LENGTH = "\ncontent-length:".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocateDirect(64 * 1024);
    private final byte[] head = new byte[4096];
    private long since;
    private int whole;
    private boolean mayBeRefused;
    private boolean refused;

    Connection(SocketChannel channel, Selector selector) throws IOException {
        this.channel = channel;
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void mayBeRefused() {
        mayBeRefused = true;
    }

    /** Whether the answer was 429. */
    boolean refused() {
        return refused;
    }

    void send(byte[] request, long now) throws IOException {
        since = now;
        whole = 0;
        answer.clear();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** When the request was sent, or due. */
    long since() {
        return since;
    }

    /** Of the whole answer, in bytes. */
    int length() {
        return whole;
    }

    /** Reads what is there; whether that was the last of the answer. */
    boolean received() throws IOException {
        if (channel.read(answer) < 0) {
            throw new EOFException("the server has closed a connection");
        }
        if (whole == 0) {
            whole = wholeLength();
        }
        return whole > 0 && answer.position() >= whole;
    }

    /** 0 while the head is not there. */
    private int wholeLength() throws IOException {
        int there = Math.min(answer.position(), head.length);
        answer.get(0, head, 0, there);
        int end = endOfHead(there);
        if (end == 0) {
            return 0;
        }
        refused = mayBeRefused && begins(REFUSED);
        if (!refused && !begins(OK)) {
            throw new IOException("not the answer of a measurement: " + text(there));
        }
        return end + contentLength(end);
    }

    private boolean begins(byte[] line) {
        return Arrays.equals(head, 0, line.length, line, 0, line.length);
    }

    private int endOfHead(int there) {
        for (int i = 3; i < there; i++) {
            if (head[i] == '\n' && head[i - 1] == '\r' && head[i - 2] == '\n') {
                return i + 1;
            }
        }
        return 0;
    }

    private int contentLength(int end) throws IOException {
        for (int i = 0; i < end - LENGTH.length; i++) {
            if (head[i] == '\n' && matches(i)) {
                return number(i + LENGTH.length);
            }
        }
        throw new IOException("an answer without Content-Length: " + text(end));
    }

    private boolean matches(int from) {
        for (int i = 1; i < LENGTH.length; i++) {
            if ((head[from + i] | 0x20) != (LENGTH[i] | 0x20)) {
                return false;
            }
        }
        return true;
    }

    private int number(int from) {
        int number = 0;
        for (int i = from; head[i] != '\r'; i++) {
            if (head[i] != ' ') {
                number = number * 10 + head[i] - '0';
            }
        }
        return number;
    }

    /** What was received, without anything that could be a key. */
    private String text(int length) {
        String received = new String(head, 0, length, StandardCharsets.US_ASCII);
        return received.lines().limit(1).findFirst().orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
