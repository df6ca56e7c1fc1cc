package dev.credbroker.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An address to which the broker may talk: {@code https}, or {@code http} where it does not leave this machine.
 *
 * <p>Loopback is {@code localhost}, {@code 127.0.0.0/8} in four plain numbers, or {@code [::1]}. Any other spelling is
 * refused, also of the same addresses: a name could mean another machine tomorrow, and libraries differ in what they make
 * of short, octal and mapped forms.
 */
public record WebAddress(URI uri) {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\." + OCTET + "){3}|\\[::1]");

    public WebAddress {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null || !safe(uri)) {
            throw new IllegalArgumentException(
                    "write an https URL without user and fragment (http only on localhost, 127.0.0.1 or [::1])");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is no such address */
    public static WebAddress parse(String text) {
        try {
            return new WebAddress(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
    }

    public static Optional<WebAddress> of(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** In lower case. */
    public String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean safe(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
    }
}
