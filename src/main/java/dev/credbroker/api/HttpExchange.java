package dev.credbroker.api;

import dev.credbroker.telemetry.CorrelationId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;

/** What the edge has read of one HTTP exchange, for the resources behind it. */
final class HttpExchange {

    private static final String KEY = HttpExchange.class.getName();

    private final RoutingContext routing;
    private final CorrelationId id;
    private byte[] body = new byte[0];

    private HttpExchange(RoutingContext routing, CorrelationId id) {
        this.routing = routing;
        this.id = id;
    }

    /** Begins the exchange: from here on it has its id. */
    static HttpExchange begin(RoutingContext routing, CorrelationId id) {
        HttpExchange exchange = new HttpExchange(routing, id);
        routing.put(KEY, exchange);
        return exchange;
    }

    /** The exchange that the edge has begun. */
    static HttpExchange of(RoutingContext routing) {
        return begun(routing).orElseThrow(() -> new IllegalStateException("the edge has not seen this exchange"));
    }

    /** The exchange, if the edge has begun it. */
    static Optional<HttpExchange> begun(RoutingContext routing) {
        return Optional.ofNullable(routing.get(KEY));
    }

    CorrelationId id() {
        return id;
    }

    String query() {
        return Optional.ofNullable(routing.request().query()).orElse("");
    }

    List<String> header(CharSequence name) {
        return routing.request().headers().getAll(name);
    }

    Optional<String> accept() {
        return Optional.ofNullable(routing.request().getHeader(HttpHeaderNames.ACCEPT));
    }

    byte[] body() {
        return body;
    }

    void body(Buffer whole) {
        this.body = whole.getBytes();
    }

    /** Sends a problem from below the resources. */
    void send(Problem problem) {
        Answer answer = problem.answer(id, accept());
        HttpServerResponse response = routing.response();
        if (response.ended() || response.headWritten()) {
            return;
        }
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        if (problem.closes()) {
            Ending.mark(routing.request().connection());
            var _ = routing.addEndHandler(_ -> routing.request().connection().close());
        }
        response.end(Buffer.buffer(answer.body()));
    }
}
