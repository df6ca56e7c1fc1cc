package dev.credbroker.api;

import dev.credbroker.telemetry.CorrelationId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The first to see a request: names it, bounds it, and reads its body, so that nothing behind it meets one that is too
 * large, too slow or half there.
 */
@ApplicationScoped
public class Edge {

    /** Before everything that Quarkus puts in front of its own routes. */
    private static final int FIRST = 100_000;

    static final String REQUEST_ID = "X-Request-Id";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST);

    private final Vertx vertx;
    private final Draining draining;
    private final BodyMemory memory = BodyMemory.ofThisProgram();

    public Edge(Vertx vertx, Draining draining) {
        this.vertx = vertx;
        this.draining = draining;
    }

    void register(@Observes Filters filters) {
        ConnectionGuard.install();
        filters.register(this::meet, FIRST);
    }

    private void meet(RoutingContext routing) {
        HeadDeadline.met(routing);
        HttpServerRequest request = routing.request();
        if (Ending.marked(request.connection())) {
            return;
        }
        HttpExchange exchange = begin(routing);
        if (draining.hasBegun()) {
            routing.response().putHeader(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        }
        Optional<Problem> wrong = wrong(request, routing.normalizedPath());
        if (wrong.isPresent()) {
            exchange.send(wrong.get());
        } else if (request.method().equals(HttpMethod.POST)) {
            new BodyReader(vertx, memory, routing, exchange).read();
        } else {
            routing.next();
        }
    }

    /** Names the exchange, and gives its answer the header fields that every answer has. */
    static HttpExchange begin(RoutingContext routing) {
        HttpExchange exchange = HttpExchange.begin(routing, id(routing.request()));
        routing.response()
                .putHeader(REQUEST_ID, exchange.id().text())
                .putHeader(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff");
        return exchange;
    }

    private static CorrelationId id(HttpServerRequest request) {
        String given = request.getHeader(REQUEST_ID);
        return given != null && CorrelationId.fits(given) ? new CorrelationId(given) : CorrelationId.random();
    }

    private static Optional<Problem> wrong(HttpServerRequest request, String path) {
        if (!Framing.sound(request)) {
            return Optional.of(Problem.malformed());
        }
        if (request.uri().length() > Limits.REQUEST_LINE) {
            return Optional.of(Problem.uriTooLong());
        }
        if (headLength(request) > Limits.HEAD) {
            return Optional.of(Problem.headersTooLarge());
        }
        return isOurs(path) && !METHODS.contains(request.method())
                ? Optional.of(Problem.methodNotAllowed(path))
                : Optional.empty();
    }

    /** HEAD and OPTIONS would else be answered by the layers behind, the one by minting keys that nobody reads. */
    private static boolean isOurs(String path) {
        return path.startsWith("/v1/") || path.equals("/openapi.yaml");
    }

    private static long headLength(HttpServerRequest request) {
        long length = 0;
        for (Map.Entry<String, String> field : request.headers()) {
            length += field.getKey().length() + field.getValue().length() + 4;
        }
        return length;
    }

    /** Gathers one body, within its limits of size and time. */
    private static final class BodyReader {

        private final Vertx vertx;
        private final BodyMemory memory;
        private final RoutingContext routing;
        private final HttpExchange exchange;
        private final Buffer whole = Buffer.buffer();
        private long timer;
        private boolean over;

        BodyReader(Vertx vertx, BodyMemory memory, RoutingContext routing, HttpExchange exchange) {
            this.vertx = vertx;
            this.memory = memory;
            this.routing = routing;
            this.exchange = exchange;
        }

        void read() {
            if (declaredLength() > Limits.BODY) {
                exchange.send(Problem.requestTooLarge());
                return;
            }
            timer = vertx.setTimer(Limits.BODY_TIME.toMillis(), late -> refuse(Problem.requestTimeout()));
            routing.request().handler(this::take).endHandler(end -> finish()).exceptionHandler(gone -> stop());
            routing.request().resume();
        }

        private long declaredLength() {
            String length = routing.request().getHeader(HttpHeaderNames.CONTENT_LENGTH);
            try {
                return length == null ? 0 : Long.parseLong(length);
            } catch (NumberFormatException e) {
                return Long.MAX_VALUE;
            }
        }

        private void take(Buffer part) {
            if (!over && whole.length() + part.length() > Limits.BODY) {
                refuse(Problem.requestTooLarge());
            } else if (!over && !memory.take(part.length())) {
                refuse(Problem.busy());
            } else if (!over) {
                whole.appendBuffer(part);
            }
        }

        private void finish() {
            if (!over) {
                stop();
                exchange.body(whole);
                routing.next();
            }
        }

        private void refuse(Problem problem) {
            stop();
            exchange.send(problem);
        }

        private void stop() {
            if (!over) {
                memory.give(whole.length());
            }
            over = true;
            var _ = vertx.cancelTimer(timer);
        }
    }
}
