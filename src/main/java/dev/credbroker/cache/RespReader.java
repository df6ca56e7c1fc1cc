package dev.credbroker.cache;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * Reads replies of the Redis protocol (RESP2), and no byte more than they may have. The server is not trusted: what is
 * longer than it may be, or of a kind that was not asked for, ends the conversation.
 */
final class RespReader {

    /** Errors are the longest lines; no server's are longer than this. */
    static final int LONGEST_LINE = 1024;

    private final InputStream in;

    /** @param in buffered */
    RespReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next reply.
     *
     * @param most how many bytes a bulk may have
     * @throws ProtocolException if it is none that may be
     * @throws EOFException if the server has hung up
     */
    RespReply read(int most) throws IOException {
        int kind = in.read();
        return switch (kind) {
            case -1 -> throw new EOFException();
            case '+' -> new RespReply.Text(line());
            case '-' -> {
                line();
                yield new RespReply.Refusal();
            }
            case ':' -> new RespReply.Count(number());
            case '$' -> bulk(number(), most);
            default -> throw new ProtocolException();
        };
    }

    private RespReply bulk(long length, int most) throws IOException {
        if (length == -1) {
            return new RespReply.Nothing();
        }
        if (length < 0 || length > most) {
            throw new ProtocolException();
        }
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        expect('\r');
        expect('\n');
        return new RespReply.Bulk(bytes);
    }

    private long number() throws IOException {
        try {
            return Long.parseLong(line());
        } catch (NumberFormatException e) {
            throw new ProtocolException();
        }
    }

    private String line() throws IOException {
        byte[] bytes = new byte[LONGEST_LINE];
        for (int length = 0; length < LONGEST_LINE; length++) {
            int next = in.read();
            if (next == -1) {
                throw new EOFException();
            }
            if (next == '\r') {
                expect('\n');
                return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            }
            bytes[length] = (byte) next;
        }
        throw new ProtocolException();
    }

    private void expect(char wanted) throws IOException {
        if (in.read() != wanted) {
            throw new ProtocolException();
        }
    }
}
