package dev.credbroker.session;

import java.nio.ByteBuffer;

/**
 * The bytes of a text, two for each unit. Unlike Java's own encoders it writes two texts alike only if they are equal:
 * those replace a lone surrogate, whichever it is, by one and the same character.
 */
final class Utf16 {

    private Utf16() {}

    static byte[] bytes(CharSequence text) {
        char[] units = new char[text.length()];
        text.getChars(0, units.length, units, 0);
        ByteBuffer bytes = ByteBuffer.allocate(units.length * Character.BYTES);
        bytes.asCharBuffer().put(units);
        return bytes.array();
    }
}
