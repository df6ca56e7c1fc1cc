package dev.credbroker.fuzz;

import java.util.Arrays;
import java.util.List;

/** A fuzzer's octets, read one after the other as what a test needs. Any will do; where they end, zeros follow. */
public final class Octets {

    private static final int END_OF_TEXT = 0xFF;
    private static final int WHOLE_UNIT = 0xF0;

    private final byte[] octets;
    private int next;

    public Octets(byte[] octets) {
        this.octets = octets.clone();
    }

    public boolean left() {
        return next < octets.length;
    }

    /** A number from 0 to {@code bound} less one, out of one octet, or out of two where one is not enough. */
    public int below(int bound) {
        return (bound > 256 ? octet() << 8 | octet() : octet()) % bound;
    }

    public boolean either() {
        return below(2) == 1;
    }

    public <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /**
     * All up to the octet FF. Each is a character of Latin-1, save that F0 to FE are followed by two octets of any
     * UTF-16 unit, be it half a surrogate pair.
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        while (left()) {
            int octet = octet();
            if (octet == END_OF_TEXT) {
                break;
            }
            text.append((char) (octet < WHOLE_UNIT ? octet : octet() << 8 | octet()));
        }
        return text.toString();
    }

    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(octets, next, octets.length);
        next = octets.length;
        return rest;
    }

    private int octet() {
        return left() ? Byte.toUnsignedInt(octets[next++]) : 0;
    }
}
