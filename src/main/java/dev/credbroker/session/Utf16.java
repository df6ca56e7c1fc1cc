package dev.credbroker.session;

import java.nio.ByteBuffer;

/**
 * The bytes of a text, two for each unit. Unlike Java's own encoders it writes two texts alike only if they are equal:
 * those replace a lone surrogate, whichever it is, by one and the same character.
 */
final class Utf16 {

    private Utf16() {}

    static byte[] bytes(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * Character.BYTES);
        put(text, bytes);
        return bytes.array();
    }

    /** @throws java.nio.BufferOverflowException if there is no room for twice its length */
    static void put(String text, ByteBuffer bytes) {
        for (int i = 0; i < text.length(); i++) {
            bytes.putChar(text.charAt(i));
        }
    }
}
