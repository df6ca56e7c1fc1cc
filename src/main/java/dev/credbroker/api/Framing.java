package dev.credbroker.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;

/**
 * Where a request begins and ends (RFC 9112, sections 3.2, 6 and 7). A proxy and this server must not see two different
 * requests in the same bytes, so what two readers could cut in two ways is not read at all.
 *
 * <p>The codec below has refused the rest already: several lengths, a length beside chunks, spaces before a colon.
 */
final class Framing {

    private Framing() {}

    static boolean sound(HttpServerRequest request) {
        return knownVersion(request) && oneHost(request) && soundBody(request);
    }

    private static boolean knownVersion(HttpServerRequest request) {
        HttpVersion version = request.version();
        return version == HttpVersion.HTTP_1_1 || version == HttpVersion.HTTP_1_0;
    }

    /** Proxies route by it; HTTP/1.0 knew none (RFC 9112, section 3.2). */
    private static boolean oneHost(HttpServerRequest request) {
        int hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
        return hosts == 1 || (hosts == 0 && request.version() == HttpVersion.HTTP_1_0);
    }

    private static boolean soundBody(HttpServerRequest request) {
        List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
        return request.method().equals(HttpMethod.POST) ? chunkedAtMost(codings) : codings.isEmpty() && empty(request);
    }

    /** {@code gzip, chunked} is legal, and nobody sends it. */
    private static boolean chunkedAtMost(List<String> codings) {
        return codings.isEmpty()
                || (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.getFirst()));
    }

    private static boolean empty(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaderNames.CONTENT_LENGTH);
        return length == null || length.equals("0");
    }
}
