package dev.credbroker.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** An issuer on a loopback socket: discovery at its usual place, keys at {@code /keys}, both replaceable. */
public final class TestIdentityProvider implements AutoCloseable {

    static final String DISCOVERY = "/.well-known/openid-configuration";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final Map<String, Integer> requests = new ConcurrentHashMap<>();

    public TestIdentityProvider(TestKey... keys) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        answer(DISCOVERY, Map.of("issuer", issuer(), "jwks_uri", issuer() + "/keys"));
        publish(keys);
    }

    public String issuer() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public void publish(TestKey... keys) {
        answer("/keys", keySet(Stream.of(keys).map(TestKey::jwk).toList()));
    }

    void answer(String path, Object json) {
        on(path, exchange -> send(exchange, 200, TestToken.json(json)));
    }

    void on(String path, HttpHandler handler) {
        handlers.put(path, handler);
    }

    int requests(String path) {
        return requests.getOrDefault(path, 0);
    }

    static Map<String, Object> keySet(List<Map<String, Object>> jwks) {
        return Map.of("keys", jwks);
    }

    static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        requests.merge(path, 1, Integer::sum);
        handlers.getOrDefault(path, unknown -> send(unknown, 404, "")).handle(exchange);
    }
}
