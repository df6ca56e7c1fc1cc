package dev.credbroker.oidc;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An address that keys may be fetched from: {@code https}, or {@code http} on a loopback address. */
record WebAddress(URI uri) {

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    WebAddress {
        if (uri.getHost() == null || uri.getRawUserInfo() != null || uri.getRawFragment() != null || !safe(uri)) {
            throw new IllegalArgumentException(
                    "write an https URL without user and fragment (http only on localhost, 127.0.0.1 or [::1])");
        }
    }

    /** @throws IllegalArgumentException if {@code text} is no such address */
    static WebAddress parse(String text) {
        try {
            return new WebAddress(new URI(text));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL", e);
        }
    }

    static Optional<WebAddress> of(String text) {
        try {
            return Optional.of(parse(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    String host() {
        return uri.getHost().toLowerCase(Locale.ROOT);
    }

    private static boolean safe(URI uri) {
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return scheme.equals("https")
                || (scheme.equals("http") && LOOPBACK.matcher(host).matches());
    }
}
