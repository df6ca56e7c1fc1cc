package dev.credbroker.client;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.LoopbackServer;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.http.WireRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers as the broker does and, where it is told to, as nobody should. */
final class FakeBroker implements Endpoint, AutoCloseable {

    static final String CREDENTIALS = "/v1/credentials";
    static final String ROLES = "/v1/roles";

    private static final Duration SESSION = Duration.ofHours(1);

    private final FaultScript faults = new FaultScript();
    private final List<WireRequest> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Deque<Reply>> replies = new HashMap<>();
    private final LoopbackServer server = new LoopbackServer(0, _ -> Optional.of(this));

    String url() {
        return server.url();
    }

    FaultScript faults() {
        return faults;
    }

    /** Those to a path, in the order in which they came. */
    List<WireRequest> requests(String path) {
        return requests.stream().filter(request -> request.path().equals(path)).toList();
    }

    /** The replies to the next requests to a path; the last of them stays. */
    synchronized void reply(String path, Reply... next) {
        replies.put(path, new ArrayDeque<>(List.of(next)));
    }

    @Override
    public Optional<Fault> arrive() {
        return faults.draw();
    }

    @Override
    public Reply answer(WireRequest request, Optional<Fault> fault) {
        requests.add(request);
        return fault.orElse(null) instanceof Fault.Instead instead ? instead.reply() : scripted(request);
    }

    private synchronized Reply scripted(WireRequest request) {
        Deque<Reply> scripted = replies.get(request.path());
        if (scripted != null) {
            return scripted.size() > 1 ? scripted.removeFirst() : scripted.getFirst();
        }
        if (request.method().equals("GET")) {
            return problem(401, "InvalidToken", "Send a token.");
        }
        return request.path().equals(ROLES) ? roles("batch-upload") : Reply.json(session(SESSION));
    }

    static Reply roles(String name) {
        return Reply.json("""
                {"roles":[{"name":"%s","arn":"arn:aws:iam::123456789012:role/Batch","operation":"assume-role",\
                "defaultDurationSeconds":3600,"maxDurationSeconds":14400}]}""".formatted(name));
    }

    static Reply problem(int status, String code, String message) {
        return Reply.of(status, "application/json", """
                {"type":"urn:credential-broker:problem","title":"t","status":%d,"detail":"d","code":"%s",\
                "message":"%s","requestId":"request-7","retryable":false}""".formatted(status, code, message));
    }

    static String session(Duration life) {
        return """
                {"Version":1,"AccessKeyId":"ASIA0123456789ABCDEF","SecretAccessKey":"secret/of+the=session",\
                "SessionToken":"token/of+the+session==","Token":"token/of+the+session==","Expiration":"%s",\
                "AccountId":"123456789012"}""".formatted(Instant.now().plus(life).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        faults.clear();
        server.close();
    }
}
