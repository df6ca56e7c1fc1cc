package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, on sockets of the packaged program: it is refused, and hurts nobody else. */
class HostileHttpIT {

    private static final String POST = "POST /v1/credentials HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final String GET = "GET /v1/roles HTTP/1.1\r\nHost: a\r\n";
    private static final int CONNECTIONS = 400;

    private static SimulatedWorld world;

    @BeforeAll
    static void start() {
        world = new SimulatedWorld("-Dquarkus.http.limits.max-connections=" + CONNECTIONS).awaitReady();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.sts().forgetCalls();
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                Arguments.of(
                        "length and chunks", POST + "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks and length", POST + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n"),
                Arguments.of("two lengths", POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x"),
                Arguments.of("two equal lengths", POST + "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of("list of lengths", POST + "Content-Length: 2, 2\r\n\r\n{}"),
                Arguments.of("length with a sign", POST + "Content-Length: +2\r\n\r\n{}"),
                Arguments.of("negative length", POST + "Content-Length: -2\r\n\r\n{}"),
                Arguments.of("unknown coding last", POST + "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("unknown coding", POST + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("compressed in chunks", POST + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("identity", POST + "Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\n{}"),
                Arguments.of(
                        "coding said twice",
                        POST + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("coding behind a tabulator", POST + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("folded coding", POST + "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunks in HTTP/1.0",
                        POST.replace("1.1", "1.0")
                                + "Connection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of(
                        "space before a colon",
                        POST + "Transfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n"),
                Arguments.of("chunk ends in LF", POST + "Transfer-Encoding: chunked\r\n\r\n2\n{}\n0\n\n"),
                Arguments.of("LF in an extension", POST + "Transfer-Encoding: chunked\r\n\r\n2;\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "CR LF in a quoted extension",
                        POST + "Transfer-Encoding: chunked\r\n\r\n2;a=\"b\r\nx\"\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunk size with a prefix", POST + "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("negative chunk size", POST + "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of(
                        "chunk size beyond 64 bits",
                        POST + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n"),
                Arguments.of("chunk without an end", POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX0\r\n\r\n"),
                Arguments.of("GET with a length", GET + "Content-Length: 5\r\n\r\nGET /"),
                Arguments.of("GET with chunks", GET + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                Arguments.of("two hosts", GET + "Host: b\r\n\r\n"),
                Arguments.of("head in LF", GET.replace("\r\n", "\n") + "\n"),
                Arguments.of("NUL in a field", GET + "X: a\0b\r\n\r\n"),
                Arguments.of("CR in a field", GET + "X: a\rb\r\n\r\n"),
                Arguments.of("HTTP/0.9", "GET /v1/roles\r\n\r\n"),
                Arguments.of("TLS", "\u0016\u0003\u0001\u0000\u00a5\u0001\r\n\r\n"));
    }

    /** Whoever smuggles has the second request run as somebody else's: it must never run at all. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ambiguous")
    void request_withTwoReadings_is400AndEndsTheConnection(String name, String request) throws IOException {
        String answer = exchange(request + smuggled());

        assertThat(answer).as(name).startsWith("HTTP/1.").contains(" 400 Bad Request", "\"code\":\"InvalidRequest\"");
        assertThat(answer.split("HTTP/1\\.[01] [0-9]{3} ", -1)).as(name).hasSize(2);
        assertThat(world.sts().calls()).isEmpty();
    }

    @Test
    void request_withoutHost_is400AndTheOnlyAnswer() throws IOException {
        String answer = exchange("GET /v1/roles HTTP/1.1\r\n\r\n" + smuggled());

        assertThat(answer)
                .contains(" 400 Bad Request")
                .containsOnlyOnce("\"code\":")
                .doesNotContain("200 OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.2", "HTTP/2.0", "HTTP/3.0"})
    void request_ofAnotherVersion_is400AndEndsTheConnection(String version) throws IOException {
        String answer = exchange(GET.replace("HTTP/1.1", version) + "\r\n" + smuggled());

        assertThat(answer).contains(" 400 Bad Request").containsOnlyOnce("\"code\":\"InvalidRequest\"");
        assertThat(world.sts().calls()).isEmpty();
    }

    /** The twin of all of the above: what is well-formed is served, also the second on its connection. */
    @Test
    void request_inChunksWithAnotherBehind_isServedLikeIt() throws IOException {
        String token = world.token("alice").sign();
        String body = "{\"role\":\"deployer\",\"token\":\"" + token + "\"}";
        String first = POST + "Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + ";a=b\r\n"
                + body + "\r\n0\r\nX-Trailer: a\r\n\r\n";

        String answers = exchange(first + smuggled());

        assertThat(answers.split("HTTP/1.1 200 OK", -1)).hasSize(3);
    }

    @Test
    void field_folded_isOneFieldAndOneRequest() throws IOException {
        String answer = exchange(GET + "X-A: b\r\n Authorization: c\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ");
        assertThat(answer.split("HTTP/1\\.[01] [0-9]{3} ", -1)).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "GET /v1/credentials/%zz HTTP/1.1, 400, InvalidRequest",
        "GET /v1/credentials?role=%zz HTTP/1.1, 400, InvalidRequest",
        "GET /v1/credentials/[ HTTP/1.1, 400, InvalidRequest",
        "GET ?role=a HTTP/1.1, 400, InvalidRequest",
        "GET v1/roles HTTP/1.1, 404, NotFound",
        "OPTIONS * HTTP/1.1, 404, NotFound",
        "CONNECT a:443 HTTP/1.1, 404, NotFound",
        "PRI * HTTP/2.0, 404, NotFound"
    })
    void target_thatIsNoPath_hasTheBodyOfEveryError(String line, int status, String code) throws IOException {
        String answer = exchange(line + "\r\nHost: a\r\n\r\n");

        assertThat(answer)
                .contains(" " + status + " ", "X-Request-Id: ", "Content-Type: application/json\r\n")
                .contains("\"code\":\"" + code + "\"")
                .containsIgnoringCase("\r\nConnection: close\r\n");
    }

    @ParameterizedTest
    @CsvSource({"300000, X: , 431, HeadersTooLarge", "300000, '', 414, UriTooLong"})
    void head_farTooLarge_hasTheBodyOfEveryError(int length, String field, int status, String code) throws IOException {
        String large = "a".repeat(length);
        String request =
                field.isEmpty() ? "GET /" + large + " HTTP/1.1\r\nHost: a\r\n\r\n" : GET + field + large + "\r\n\r\n";

        assertThat(exchange(request)).contains(" " + status + " ", "\"code\":\"" + code + "\"");
    }

    /** Every second byte of a head resets an idle timeout; no byte resets this deadline. */
    @Test
    void heads_sentSlowly_areClosedSoonAndHinderNobody() throws IOException {
        List<Socket> slow = new ArrayList<>();
        try (ScheduledExecutorService dribble = Executors.newSingleThreadScheduledExecutor()) {
            for (int i = 0; i < CONNECTIONS / 2; i++) {
                slow.add(open(GET + "X-Slow: "));
            }
            var _ = dribble.scheduleAtFixedRate(() -> slow.forEach(HostileHttpIT::oneByte), 0, 1, TimeUnit.SECONDS);

            assertThat(served("meanwhile")).isEqualTo(200);
            assertThat(Polling.until(() -> slow.stream().allMatch(HostileHttpIT::closed), Duration.ofSeconds(30)))
                    .isTrue();
            dribble.shutdownNow();
        } finally {
            closeAll(slow);
        }

        assertThat(Polling.until(() -> connections() < CONNECTIONS / 4, Duration.ofSeconds(15)))
                .isTrue();
    }

    @Test
    void head_sentSlowlyToTheManagementPort_isClosedSoon() throws IOException {
        int port = URI.create(world.broker().managementUrl()).getPort();
        try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
            slow.getOutputStream().write("GET /q/health/live".getBytes(StandardCharsets.US_ASCII));

            slow.setSoTimeout(30_000);

            assertThat(slow.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void body_sentSlowly_is408AndEndsTheConnection() throws IOException {
        String answer = exchange(POST + "Content-Length: 10\r\n\r\n{");

        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("\"code\":\"RequestTimeout\"");
    }

    /** Answers that nobody reads would pile up in the broker's memory. */
    @Test
    void answers_thatAreNotRead_endTheConnection() throws IOException {
        byte[] requests = (GET + "\r\n").repeat(1000).getBytes(StandardCharsets.US_ASCII);
        try (Socket deaf = open("")) {
            boolean ended = false;
            for (int i = 0; i < 1000 && !ended; i++) {
                ended = !sent(deaf, requests);
            }

            assertThat(ended).isTrue();
        }
        assertThat(served("afterwards")).isEqualTo(200);
    }

    @Test
    void connections_overTheirLimit_areClosedAtOnceAndServedAgainLater() throws IOException {
        List<Socket> idle = new ArrayList<>();
        try {
            for (int i = 0; i < CONNECTIONS + 50; i++) {
                idle.add(open(""));
            }

            assertThat(Polling.until(
                            () -> idle.stream().filter(HostileHttpIT::closed).count() >= 50, Duration.ofSeconds(9)))
                    .isTrue();
        } finally {
            closeAll(idle);
        }
        assertThat(Polling.until(() -> connections() < CONNECTIONS / 4, Duration.ofSeconds(15)))
                .isTrue();
        assertThat(served("afterwards")).isEqualTo(200);
    }

    /** A valid request, which would be answered with a session. */
    private static String smuggled() {
        return "GET /v1/credentials/deployer HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: "
                + world.token(UUID.randomUUID().toString()).sign() + "\r\n\r\n";
    }

    private static int served(String subject) {
        HttpResponse<String> answer = Http.get(
                world.broker().url() + "/v1/credentials/deployer",
                "Authorization",
                world.token(subject).sign());
        return answer.statusCode();
    }

    private static int connections() {
        return Http.get(world.broker().managementUrl() + "/q/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith("vertx_http_connections_current"))
                .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    private static Socket open(String request) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(),
                URI.create(world.broker().url()).getPort());
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        return socket;
    }

    /** All that comes back, until the broker ends the connection. */
    private static String exchange(String request) throws IOException {
        try (Socket socket = open("")) {
            socket.setSoTimeout(30_000);
            var _ = sent(socket, request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** Whether the other end still takes it. */
    private static boolean sent(Socket socket, byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static void oneByte(Socket socket) {
        var _ = sent(socket, new byte[] {'x'});
    }

    private static boolean closed(Socket socket) {
        try {
            socket.setSoTimeout(1);
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    private static void closeAll(List<Socket> sockets) throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
