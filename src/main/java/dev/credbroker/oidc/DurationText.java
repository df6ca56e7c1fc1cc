package dev.credbroker.oidc;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as operators write them: {@code 90s}, {@code 5m}, {@code 1h}, {@code 1h30m}, {@code PT90S}, or seconds. */
final class DurationText {

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private DurationText() {}

    /** @throws IllegalArgumentException if {@code text} is no such duration, or a negative one */
    static Duration parse(String text) {
        try {
            Duration duration = Duration.parse(iso(text.strip().toUpperCase(Locale.ROOT)));
            if (!duration.isNegative()) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // Told below, as the negative is.
        }
        throw new IllegalArgumentException("write a duration such as 60s, 5m or 1h");
    }

    private static String iso(String text) {
        if (SECONDS.matcher(text).matches()) {
            return "PT" + text + "S";
        }
        return text.startsWith("P") ? text : "PT" + text;
    }
}
