package dev.credbroker.api;

import dev.credbroker.telemetry.CorrelationId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** What the edge has read of one HTTP exchange, for the resources behind it. */
final class HttpExchange {

    private static final String KEY = HttpExchange.class.getName();

    private final RoutingContext routing;
    private final CorrelationId id;
    private final Context loop;
    private byte[] body = new byte[0];

    private HttpExchange(RoutingContext routing, CorrelationId id) {
        this.routing = routing;
        this.id = id;
        this.loop = routing.vertx().getOrCreateContext();
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

    /** A parameter of the path, decoded. */
    Optional<String> pathParameter(String name) {
        return Optional.ofNullable(routing.pathParam(name));
    }

    /** The answer that says so to this client. */
    Answer answer(Problem problem) {
        return problem.answer(id, Optional.ofNullable(routing.request().getHeader(HttpHeaderNames.ACCEPT)));
    }

    byte[] body() {
        return body;
    }

    void body(Buffer whole) {
        this.body = whole.getBytes();
    }

    /** Sends {@code answer}, unless there is one already; on the exchange's event loop. */
    void send(Answer answer) {
        if (isAnswered()) {
            return;
        }
        HttpServerResponse response = routing.response();
        response.setStatusCode(answer.status());
        answer.headers().forEach(response::putHeader);
        response.end(Buffer.buffer(answer.body()));
    }

    /** Sends {@code problem} likewise, and ends the connection if that is how it ends. */
    void send(Problem problem) {
        if (problem.closes() && !isAnswered()) {
            Ending.mark(routing.request().connection());
            var _ = routing.addEndHandler(_ -> routing.request().connection().close());
        }
        send(answer(problem));
    }

    /** Sends what {@code answer} finds, on the thread of {@code threads}, where it may block. */
    void sendFrom(Executor threads, Supplier<Answer> answer) {
        try {
            threads.execute(() -> {
                try {
                    Answer found = answer.get();
                    loop.runOnContext(_ -> orFail(() -> send(found)));
                } catch (RuntimeException | Error e) {
                    loop.runOnContext(_ -> routing.fail(e));
                }
            });
        } catch (RejectedExecutionException shuttingDown) {
            send(Problem.busy());
        }
    }

    /** Outside of a route nobody else sees to it that what fails is answered. */
    private void orFail(Runnable sending) {
        try {
            sending.run();
        } catch (RuntimeException | Error e) {
            routing.fail(e);
        }
    }

    private boolean isAnswered() {
        return routing.response().ended() || routing.response().headWritten();
    }
}
