package dev.credbroker.cache;

import dev.credbroker.configuration.WebAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;

/**
 * Where a Redis server is.
 *
 * @param host without the brackets of an IPv6 address
 * @param secure whether TLS is spoken there
 * @param loopback whether the way there does not leave this machine
 */
record RedisAddress(String host, int port, int database, boolean secure, boolean loopback) {

    private static final int USUAL_PORT = 6379;
    private static final int LARGEST_PORT = 65_535;
    private static final Pattern DATABASE = Pattern.compile("/?|/[0-9]{1,4}");

    /** @throws IllegalArgumentException if {@code text} is no {@code redis://} or {@code rediss://} URL */
    static RedisAddress parse(String text) {
        URI uri = uri(text);
        boolean secure = "rediss".equals(uri.getScheme());
        if ((!secure && !"redis".equals(uri.getScheme()))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null
                || uri.getPort() == 0
                || uri.getPort() > LARGEST_PORT
                || !DATABASE.matcher(uri.getPath()).matches()) {
            throw new IllegalArgumentException(
                    "write rediss://HOST:PORT or redis://HOST:PORT, with /NUMBER for another database than 0;"
                            + " user and password have properties of their own");
        }
        String path = uri.getPath().replace("/", "");
        return new RedisAddress(
                uri.getHost().replaceAll("[\\[\\]]", ""),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                path.isEmpty() ? 0 : Integer.parseInt(path),
                secure,
                WebAddress.of("http://" + uri.getHost()).isPresent());
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL");
        }
    }
}
