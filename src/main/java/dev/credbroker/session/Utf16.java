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
        text.chars().forEach(unit -> bytes.putChar((char) unit));
        return bytes.array();
    }
}
