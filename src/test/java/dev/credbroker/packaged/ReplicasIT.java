package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.cache.RedisServer;
import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.sts.Trust;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the program as it is delivered, over one real Redis server. */
class ReplicasIT {

    private static final String ROLE = "arn:aws:iam::123456789012:role/Batch-Upload";

    private static final String CONFIGURATION = """
        broker:
          issuers:
            corp:
              issuer: URL/idp/corp
              audiences: [credential-broker]
          roles:
            batch-upload:
              arn: arn:aws:iam::123456789012:role/Batch-Upload
              operation: assume-role-with-web-identity
              admit: [{ provider: corp, everyone: true }]
          sts:
            region: eu-west-1
            endpoint-override: URL
          cache:
            redis:
              hosts: ["redis://127.0.0.1:PORT"]
              # The processes start with their code cold, on a machine that may be busy.
              command-timeout: 1s
              keys:
                - { id: "2026-11", value: "rCuhHyWj7nUwA4ZRyDrD3AKTq1ZqvQKxU2fJYgGm0nY=" }
        """;

    @TempDir
    private static Path directory;

    private static final Simulator WORLD = new Simulator(InstantSource.system());
    private static RedisServer redis;
    private static PackagedBroker one;
    private static PackagedBroker other;

    @BeforeAll
    static void start() throws Exception {
        redis = RedisServer.start(directory);
        WORLD.registerOidc(WORLD.identityProvider("corp"), "credential-broker");
        WORLD.sts()
                .role(
                        ROLE,
                        Duration.ofHours(1),
                        Trust.webIdentity(WORLD.identityProvider("corp").issuer()));
        one = replica();
        other = replica();
        one.awaitReady();
        other.awaitReady();
    }

    private static PackagedBroker replica() {
        return PackagedBroker.start(
                CONFIGURATION.replace("URL", WORLD.url()).replace("PORT", Integer.toString(redis.port())));
    }

    @AfterAll
    static void end() throws Exception {
        for (AutoCloseable part : new AutoCloseable[] {one, other, redis, WORLD}) {
            if (part != null) {
                part.close();
            }
        }
    }

    @Test
    void ask_bothReplicas_isOneExchangeAndTheSameSession() {
        String token = token("alice");

        HttpResponse<String> first = ask(one, token);
        HttpResponse<String> second = ask(other, token);
        HttpResponse<String> third = ask(other, token);

        assertThat(status(first)).startsWith("credential-broker; fwd=miss; stored");
        assertThat(status(second)).matches("credential-broker; hit; ttl=[0-9]+; detail=shared");
        assertThat(status(third)).matches("credential-broker; hit; ttl=[0-9]+");
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(exchangesFor(token)).isOne();
        assertThat(Polling.until(() -> other.audit().contains("\"source\":\"adopted\""), Duration.ofSeconds(10)))
                .isTrue();
    }

    @Test
    void ask_byAHundredAtBothColdReplicas_isOneExchange() throws Exception {
        String token = token("bob");
        List<Future<HttpResponse<String>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++) {
                answers.add(callers.submit(() -> ask(one, token)));
                answers.add(callers.submit(() -> ask(other, token)));
            }
        }

        String body = answers.getFirst().get().body();
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.get().statusCode()).isEqualTo(200);
            assertThat(answer.get().body()).isEqualTo(body);
        });
        assertThat(exchangesFor(token)).isOne();
    }

    @Test
    void ask_aReplicaThatHasJustStarted_isNoExchange() {
        String token = token("carol");
        ask(one, token);

        try (PackagedBroker restarted = replica().awaitReady()) {
            assertThat(status(ask(restarted, token))).endsWith("detail=shared");
            assertThat(Http.get(restarted.managementUrl() + "/q/health/ready").body())
                    .contains("\"shared-store\": \"reachable\"");
        }
        assertThat(exchangesFor(token)).isOne();
    }

    /** A server of its own, since it is killed. */
    @Test
    void ask_afterTheServerHasDied_isAnsweredAndHealthSaysSoAndStaysUp(@TempDir Path folder) throws Exception {
        try (RedisServer mortal = RedisServer.start(folder);
                PackagedBroker broker = PackagedBroker.start(CONFIGURATION
                                .replace("URL", WORLD.url())
                                .replace("PORT", Integer.toString(mortal.port())))
                        .awaitReady()) {
            assertThat(ask(broker, token("dave")).statusCode()).isEqualTo(200);
            mortal.kill();

            assertThat(ask(broker, token("erin")).statusCode()).isEqualTo(200);
            assertThat(ask(broker, token("frank")).statusCode()).isEqualTo(200);

            HttpResponse<String> health = Http.get(broker.managementUrl() + "/q/health/ready");
            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"shared-store\": \"unreachable\"");
            assertThat(Http.get(broker.managementUrl() + "/q/metrics").body())
                    .contains("broker_store_reachable 0.0", "broker_store_commands_seconds_count{");
            assertThat(broker.log()).contains("the shared store does not answer");
        }
    }

    private static String token(String subject) {
        return WORLD.identityProvider("corp")
                .token()
                .subject(subject)
                .audience("credential-broker")
                .sign();
    }

    private static HttpResponse<String> ask(PackagedBroker broker, String token) {
        return Http.get(broker.url() + "/v1/credentials/batch-upload", "Authorization", token);
    }

    private static String status(HttpResponse<String> answer) {
        return answer.headers().firstValue("Cache-Status").orElseThrow();
    }

    private static long exchangesFor(String token) {
        return WORLD.sts().calls().stream()
                .filter(call ->
                        call.parameter("WebIdentityToken").filter(token::equals).isPresent())
                .count();
    }
}
