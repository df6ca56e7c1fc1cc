package dev.credbroker.saml;

import dev.credbroker.secret.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * SHA-256 of every attribute and of the Recipient, such that two different sets of them never share one: every text is
 * preceded by its length, every list by its size, and the whole by a version. Unicode as it came.
 */
final class AttributesDigest {

    private static final String VERSION = "saml-attributes-1";
    private static final int NIL = -1;

    private final MessageDigest digest = Sha256.begin();

    private AttributesDigest() {}

    static String of(Attributes attributes, String recipient) {
        AttributesDigest digest = new AttributesDigest();
        digest.text(VERSION);
        digest.text(recipient);
        digest.number(attributes.values().size());
        // Sorted by name, since the order of attributes means nothing (Core 2.7.3).
        new TreeMap<>(attributes.values()).forEach(digest::attribute);
        return HexFormat.of().formatHex(digest.digest.digest());
    }

    private void attribute(String name, List<Optional<String>> values) {
        text(name);
        number(values.size());
        values.forEach(value -> value.ifPresentOrElse(this::text, () -> number(NIL)));
    }

    private void text(String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        number(octets.length);
        digest.update(octets);
    }

    private void number(int number) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, number));
    }
}
