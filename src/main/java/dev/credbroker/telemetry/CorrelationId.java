package dev.credbroker.telemetry;

import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The name of one request in header, log and audit.
 *
 * @param text 1 to 64 characters of {@code [A-Za-z0-9._-]}: safe in a header, a log line and a URL
 */
public record CorrelationId(String text) {

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    public CorrelationId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("a correlation id is 1 to 64 of A-Z a-z 0-9 . _ -");
        }
    }

    /** One that nobody else has. */
    public static CorrelationId random() {
        return new CorrelationId(UUID.randomUUID().toString());
    }

    /** Whether a caller's own id can be taken over as it is. */
    public static boolean fits(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
