package dev.credbroker.simulator.idp;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** As much of the Distinguished Encoding Rules (X.690) as a self-signed certificate needs. */
final class Der {

    private static final DateTimeFormatter GENERALIZED_TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return value(0x30, concatenate(parts));
    }

    static byte[] set(byte[]... parts) {
        return value(0x31, concatenate(parts));
    }

    static byte[] integer(BigInteger number) {
        return value(0x02, number.toByteArray());
    }

    static byte[] text(String text) {
        return value(0x0C, text.getBytes(StandardCharsets.UTF_8));
    }

    /** GeneralizedTime, which X.509 wants from 2050 on and every parser takes before. */
    static byte[] time(Instant moment) {
        return value(0x18, GENERALIZED_TIME.format(moment).getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] bits(byte[] octets) {
        return value(0x03, concatenate(new byte[] {0}, octets));
    }

    static byte[] nothing() {
        return value(0x05);
    }

    /** @param dotted at least two arcs, the first two small */
    static byte[] objectIdentifier(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.write(Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            content.writeBytes(base128(Integer.parseInt(arcs[i])));
        }
        return value(0x06, content.toByteArray());
    }

    private static byte[] base128(int arc) {
        int digits = Math.max(1, (38 - Integer.numberOfLeadingZeros(arc)) / 7);
        byte[] bytes = new byte[digits];
        for (int i = 0; i < digits; i++) {
            int digit = (arc >>> (7 * (digits - 1 - i))) & 0x7F;
            bytes[i] = (byte) (i == digits - 1 ? digit : digit | 0x80);
        }
        return bytes;
    }

    private static byte[] value(int tag, byte... content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int zeros = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - zeros));
            out.write(length, zeros, length.length - zeros);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] concatenate(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
