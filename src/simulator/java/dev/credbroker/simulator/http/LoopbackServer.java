package dev.credbroker.simulator.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** An HTTP server on 127.0.0.1 that brings the endpoints' answers, and their faults, onto the wire. */
public final class LoopbackServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final Reply NOTHING_HERE = Reply.text(404, "not found");

    private final Function<String, Optional<Endpoint>> endpoints;
    private final Vertx vertx;
    private final HttpServer server;

    /**
     * Listens when the constructor returns.
     *
     * @param port 0 for any free one
     * @param endpoints the endpoint of a path
     */
    public LoopbackServer(int port, Function<String, Optional<Endpoint>> endpoints) {
        this.endpoints = endpoints;
        this.vertx = Vertx.vertx(new VertxOptions()
                .setEventLoopPoolSize(2)
                .setFileSystemOptions(new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false)));
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setHandle100ContinueAutomatically(true)
                        .setMaxInitialLineLength(65_536))
                .requestHandler(this::receive);
        listen(port);
    }

    public String url() {
        return "http://" + HOST + ":" + server.actualPort();
    }

    @Override
    public void close() {
        join(vertx.close());
    }

    private void listen(int port) {
        try {
            join(server.listen(port, HOST));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void receive(HttpServerRequest request) {
        Optional<Endpoint> endpoint = endpoints.apply(path(request));
        request.body()
                .onSuccess(body -> endpoint.ifPresentOrElse(
                        found -> serve(found, request, body), () -> send(request.response(), NOTHING_HERE)));
    }

    private void serve(Endpoint endpoint, HttpServerRequest request, Buffer body) {
        WireRequest wire = wire(request, body);
        Optional<Fault> fault = endpoint.arrive();
        before(fault)
                .compose(_ -> vertx.executeBlocking(() -> endpoint.answer(wire, fault), false))
                .onSuccess(reply -> deliver(request, reply, fault))
                .onFailure(e -> send(request.response(), Reply.text(500, "the simulator itself failed: " + e)));
    }

    private Future<?> before(Optional<Fault> fault) {
        return switch (fault.orElse(null)) {
            case Fault.Delay(var time) -> vertx.timer(time.toNanos(), TimeUnit.NANOSECONDS);
            case Fault.Hold(Gate gate) -> Future.fromCompletionStage(gate.pass(), vertx.getOrCreateContext());
            case null -> Future.succeededFuture();
            case Fault.Instead _, Fault.Cut _, Fault.Truncate _, Fault.Stall _ -> Future.succeededFuture();
        };
    }

    private static void deliver(HttpServerRequest request, Reply reply, Optional<Fault> fault) {
        switch (fault.orElse(null)) {
            case Fault.Cut _ -> request.connection().close();
            case Fault.Truncate _ -> send(request.response(), half(reply));
            case Fault.Stall _ -> stall(request.response(), reply);
            case null -> send(request.response(), reply);
            case Fault.Delay _, Fault.Hold _, Fault.Instead _ -> send(request.response(), reply);
        }
    }

    private static void send(HttpServerResponse response, Reply reply) {
        if (!response.closed()) {
            reply.headers().forEach(response::putHeader);
            response.setStatusCode(reply.status()).end(reply.body());
        }
    }

    private static void stall(HttpServerResponse response, Reply reply) {
        if (!response.closed()) {
            reply.headers().forEach(response::putHeader);
            response.putHeader(
                            "Content-Length",
                            Integer.toString(Buffer.buffer(reply.body()).length()))
                    .setStatusCode(reply.status())
                    .write(half(reply).body());
        }
    }

    private static Reply half(Reply reply) {
        return new Reply(
                reply.status(),
                reply.headers(),
                reply.body().substring(0, reply.body().length() / 2));
    }

    private static WireRequest wire(HttpServerRequest request, Buffer body) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String name : request.headers().names()) {
            headers.put(
                    name.toLowerCase(Locale.ROOT), List.copyOf(request.headers().getAll(name)));
        }
        String query = Optional.ofNullable(request.query()).orElse("");
        return new WireRequest(request.method().name(), path(request), query, headers, body.toString());
    }

    /** There is none in a request for {@code *}. */
    private static String path(HttpServerRequest request) {
        return Optional.ofNullable(request.path()).orElse("");
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
