package dev.credbroker.bench;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.LoopbackServer;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.http.WireRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** As much of S3 as a catalog needs for its metadata: texts by path, in memory. It believes every signature. */
final class ObjectStore implements Endpoint, AutoCloseable {

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final LoopbackServer server = new LoopbackServer(0, _ -> Optional.of(this));

    String url() {
        return server.url();
    }

    @Override
    public Optional<Fault> arrive() {
        return Optional.empty();
    }

    @Override
    public Reply answer(WireRequest request, Optional<Fault> fault) {
        return switch (request.method()) {
            case "GET", "HEAD" ->
                Optional.ofNullable(objects.get(request.path()))
                        .map(Reply::json)
                        .orElseGet(() -> Reply.of(404, "application/xml", "<Error><Code>NoSuchKey</Code></Error>"));
            case "PUT" -> {
                objects.put(request.path(), content(request.body()));
                yield Reply.text(200, "");
            }
            case "DELETE" -> {
                objects.remove(request.path());
                yield Reply.text(204, "");
            }
            default -> Reply.text(405, "");
        };
    }

    /** Without TLS an SDK signs a body in pieces, each below a line with its length and signature. */
    private static String content(String body) {
        return body.replaceAll("(^|\\r\\n)[0-9a-f]+;chunk-signature=[0-9a-f]{64}\\r\\n", "");
    }

    @Override
    public void close() {
        server.close();
    }
}
