package dev.credbroker.saml;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/** Times of SAML: {@code xs:dateTime} in UTC, marked {@code Z} (Core 1.3.3), here of the years 2000 to 2100. */
final class SamlTime {

    private static final Pattern GRAMMAR = Pattern.compile(
            "(20[0-9]{2}|2100)-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\\.[0-9]{1,9})?Z");

    private SamlTime() {}

    static Optional<Instant> parse(String text) {
        if (!GRAMMAR.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException e) {
            return Optional.empty(); // The 30th of February.
        }
    }
}
