package dev.credbroker.cache;

/** What a server replies to one command (RESP2), as far as the broker's commands lead to it: no arrays. */
sealed interface RespReply {

    /** {@code +OK} */
    record Text(String text) implements RespReply {}

    /** {@code -ERR …}: what it says is not kept. */
    record Refusal() implements RespReply {}

    /** {@code :1} */
    record Count(long count) implements RespReply {}

    /** {@code $5} and so many bytes */
    final class Bulk implements RespReply {

        private final byte[] bytes;

        Bulk(byte[] bytes) {
            this.bytes = bytes;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** {@code $-1} */
    record Nothing() implements RespReply {}
}
