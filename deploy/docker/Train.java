import dev.credbroker.simulator.DemoWorld;
import dev.credbroker.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Run while the image is built: lets the program work for some seconds where it will lie and with the Java it will have,
 * before the simulator of the demo, so that Java writes what it has learned into app.aot. Such a cache fits the very files
 * and times of files that it was made with.
 *
 * <p>Arguments: the java to use, the directory of the program, the demo's configuration.
 */
class Train {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    public static void main(String... arguments) throws Exception {
        Path java = Path.of(arguments[0]);
        Path program = Path.of(arguments[1]);
        Path cache = program.resolve("app.aot");
        Simulator simulator = DemoWorld.start(8090, InstantSource.system());
        Process broker = new ProcessBuilder(List.of(
                        java.toString(),
                        "-XX:AOTCacheOutput=" + cache,
                        "-Dsmallrye.config.locations=" + arguments[2],
                        "-Daws.accessKeyId=" + DemoWorld.ACCESS_KEY_ID,
                        "-Daws.secretAccessKey=" + DemoWorld.SECRET_ACCESS_KEY,
                        // The machine that builds may be busy.
                        "-Dbroker.sts.call-timeout=30s",
                        "-Dquarkus.http.host=127.0.0.1",
                        "-Dquarkus.shutdown.delay=0s",
                        "-jar",
                        program.resolve("quarkus-run.jar").toString()))
                .directory(program.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            awaitReady(broker);
            work(simulator);
        } finally {
            broker.destroy();
            // The cache is written while the program ends.
            if (!broker.waitFor(5, TimeUnit.MINUTES)) {
                broker.destroyForcibly();
            }
            simulator.close();
        }
        if (!Files.exists(cache)) {
            throw new IllegalStateException("Java has written no cache");
        }
    }

    private static void awaitReady(Process broker) throws InterruptedException {
        for (int i = 0; i < 600 && broker.isAlive(); i++) {
            String health = get("http://127.0.0.1:9000/q/health/ready", "");
            if (health.startsWith("200") && !health.contains("unusable")) {
                return;
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("the program is not ready");
    }

    /** Each way that a request may go, some of them often. */
    private static void work(Simulator simulator) {
        for (int i = 0; i < 300; i++) {
            expect("200", credentials(simulator, "batch-upload", "user-" + i % 20));
        }
        expect("200", credentials(simulator, "deployer", "alice"));
        expect("403", credentials(simulator, "unknown", "alice"));
        expect("401", get("http://127.0.0.1:8080/v1/roles", "nonsense"));
        expect("200", get("http://127.0.0.1:8080/v1/roles", token(simulator, "alice")));
        expect("200", get("http://127.0.0.1:9000/q/metrics", ""));
        String response = simulator
                .identityProvider(DemoWorld.IDENTITY_PROVIDER)
                .samlResponse()
                .nameId("alice")
                .role(DemoWorld.ADFS_PRODUCTION, DemoWorld.SAML_PROVIDER_ARN)
                .roleSessionName("alice")
                .encode();
        for (int i = 0; i < 5; i++) {
            expect("200", send(request("/v1/credentials")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("role=adfs-production&samlResponse="
                            + URLEncoder.encode(response, StandardCharsets.UTF_8)))));
        }
    }

    private static String credentials(Simulator simulator, String role, String subject) {
        return get("http://127.0.0.1:8080/v1/credentials/" + role, token(simulator, subject));
    }

    private static String token(Simulator simulator, String subject) {
        return simulator
                .identityProvider(DemoWorld.IDENTITY_PROVIDER)
                .token()
                .subject(subject)
                .audience(DemoWorld.AUDIENCE)
                .claim("groups", List.of("uploaders", "deployers"))
                .claim("team", "builders")
                .sign();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:8080" + path));
    }

    private static String get(String url, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url));
        return send(token.isEmpty() ? request : request.header("Authorization", token));
    }

    private static String send(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), BodyHandlers.ofString());
            return answer.statusCode() + " " + answer.body();
        } catch (IOException e) {
            return "0";
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void expect(String status, String answer) {
        if (!answer.startsWith(status)) {
            throw new IllegalStateException("expected " + status + ", got " + answer);
        }
    }
}
