package dev.credbroker.telemetry;

import java.util.UUID;

/**
 * The name of one request in header, log and audit.
 *
 * @param text 1 to 64 characters of {@code [A-Za-z0-9._-]}: safe in a header, a log line and a URL
 */
public record CorrelationId(String text) {

    private static final int LONGEST = 64;
    private static final String OTHERS = "._-";

    public CorrelationId {
        if (!fits(text)) {
            throw new IllegalArgumentException("a correlation id is 1 to 64 of A-Z a-z 0-9 . _ -");
        }
    }

    /** One that nobody else has, and nobody can send in advance. */
    public static CorrelationId random() {
        return new CorrelationId(UUID.randomUUID().toString());
    }

    /** Whether a caller's own id can be taken over as it is. */
    public static boolean fits(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (!isAllowed(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAllowed(char unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || OTHERS.indexOf(unit) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
