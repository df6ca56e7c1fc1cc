package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTPS of the packaged program on real sockets, with plain HTTP off. */
class TlsIT {

    private static final String GET = "GET /v1/roles HTTP/1.1\r\nHost: a\r\n";
    private static final String BAD_CHUNK =
            "POST /v1/credentials HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\nXX\r\n";

    @TempDir
    private static Path folder;

    private static int port;
    private static Certificates first;
    private static SimulatedWorld world;

    @BeforeAll
    static void start() throws IOException {
        port = FreePort.find();
        first = Certificates.make(folder, "first");
        first.write(folder);
        world = new SimulatedWorld(tls(folder, port, "-Dquarkus.tls.https.reload-period=1s")).awaitReady();
        awaitListening(port);
    }

    /** The management port, which says that the program is ready, may listen before this one. */
    static void awaitListening(int port) {
        assertThat(Polling.until(() -> isListening(port), Duration.ofSeconds(30)))
                .isTrue();
    }

    private static boolean isListening(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException refused) {
            return false;
        }
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    static String[] tls(Path folder, int port, String... more) {
        List<String> options = new ArrayList<>(List.of(
                "-Dquarkus.http.ssl-port=" + port,
                "-Dquarkus.http.insecure-requests=disabled",
                "-Dquarkus.http.tls-configuration-name=https",
                "-Dquarkus.tls.https.protocols=TLSv1.3,TLSv1.2",
                "-Dquarkus.tls.https.key-store.pem.broker.cert=" + folder.resolve("tls.crt"),
                "-Dquarkus.tls.https.key-store.pem.broker.key=" + folder.resolve("tls.key")));
        options.addAll(List.of(more));
        return options.toArray(String[]::new);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void version_ofToday_isSpoken(String version) throws IOException {
        try (SSLSocket socket = open(trusted(), port)) {
            socket.setEnabledProtocols(new String[] {version});

            assertThat(answer(socket, GET + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 401 ");
            assertThat(socket.getSession().getProtocol()).isEqualTo(version);
        }
    }

    /** Written by hand, since no client of today offers it. The server may hang up before its alert has gone out. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void version_ofOld_isRefused(int minor) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write(clientHello(minor));

            byte[] alert = socket.getInputStream().readNBytes(7);

            assertThat(alert)
                    .as("nothing, or an alert that is fatal: protocol_version")
                    .satisfiesAnyOf(
                            bytes -> assertThat(bytes).isEmpty(),
                            bytes -> assertThat(bytes).startsWith(21).endsWith(2, 70));
        }
    }

    /** Of TLS 1.0 ({@code minor} 1) or 1.1 (2), with a cipher suite that both have. */
    private static byte[] clientHello(int minor) {
        ByteBuffer hello = ByteBuffer.allocate(50);
        hello.put((byte) 22).put((byte) 3).put((byte) 1).putShort((short) 45);
        hello.put((byte) 1).put((byte) 0).putShort((short) 41).put((byte) 3).put((byte) minor);
        hello.put(new byte[32]).put((byte) 0).putShort((short) 2).putShort((short) 0xc009);
        hello.put((byte) 1).put((byte) 0);
        return hello.array();
    }

    @Test
    void plainHttp_thatIsSwitchedOff_isNotListenedTo() {
        assertThat(Http.tryGet(world.broker().url() + "/v1/roles")).isEmpty();
    }

    @Test
    void managementPort_staysPlain() {
        assertThat(Http.get(world.broker().managementUrl() + "/q/health/live").statusCode())
                .isEqualTo(200);
    }

    @Test
    void certificate_thatIsRenewed_isShownToNewConnectionsWhileOldOnesGoOn() throws IOException {
        Certificates second = Certificates.make(folder, "second");
        try (SSLSocket old = open(trusted(), port)) {
            assertThat(answer(old, GET + "\r\n")).startsWith("HTTP/1.1 401 ");

            second.write(folder);

            assertThat(Polling.until(() -> shown(second).contains("second"), Duration.ofSeconds(30)))
                    .isTrue();
            assertThat(answer(old, GET + "Connection: close\r\n\r\n")).startsWith("HTTP/1.1 401 ");
        } finally {
            first.write(folder);
        }
        assertThat(Polling.until(() -> shown(first).contains("first"), Duration.ofSeconds(30)))
                .isTrue();
    }

    /** The certificate's name; empty if it is another than the client trusts. */
    private static String shown(Certificates trusted) {
        try (SSLSocket socket = open(trusted.trusting(), port)) {
            socket.startHandshake();
            Principal name = ((X509Certificate) socket.getSession().getPeerCertificates()[0]).getSubjectX500Principal();
            return name.getName();
        } catch (IOException e) {
            return "";
        }
    }

    /** A head's deadline counts from the opening, handshake and all; and each later one from its first byte. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void heads_sentSlowly_areClosedSoon(boolean second) throws IOException {
        try (SSLSocket slow = open(trusted(), port);
                ScheduledExecutorService dribble = Executors.newSingleThreadScheduledExecutor()) {
            if (second) {
                assertThat(answer(slow, GET + "\r\n")).startsWith("HTTP/1.1 401 ");
            }
            slow.getOutputStream().write((GET + "X-Slow: ").getBytes(StandardCharsets.US_ASCII));
            var _ = dribble.scheduleAtFixedRate(() -> sent(slow, "x"), 1, 1, TimeUnit.SECONDS);

            assertThat(ended(slow)).isTrue();
            dribble.shutdownNow();
        }
    }

    @Test
    void handshake_thatIsNotBegun_isClosedSoon() throws IOException {
        try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port)) {
            silent.setSoTimeout(30_000);

            assertThat(silent.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void answers_thatAreNotRead_endTheConnection() throws IOException {
        try (SSLSocket deaf = open(trusted(), port)) {
            String requests = (GET + "\r\n").repeat(1000);
            boolean ended = false;
            for (int i = 0; i < 1000 && !ended; i++) {
                ended = !sent(deaf, requests);
            }

            assertThat(ended).isTrue();
        }
    }

    @Test
    void requests_thatAreMalformed_haveTheBodyOfEveryError() throws IOException {
        try (SSLSocket socket = open(trusted(), port)) {
            assertThat(answer(socket, BAD_CHUNK)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"InvalidRequest\"");
        }
    }

    /** What comes in one piece with the handshake's end is met by all that meets a later request. */
    @Test
    void request_inOnePieceWithTheHandshakesEnd_hasTheBodyOfEveryError() throws IOException {
        assertThat(answerToFlight(BAD_CHUNK)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"InvalidRequest\"");
    }

    private static String answerToFlight(String request) throws IOException {
        SSLEngine engine = trusted().createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(30_000);
            ByteArrayOutputStream flight = new ByteArrayOutputStream();
            ByteBuffer received = ByteBuffer.allocate(1 << 16).flip();
            engine.beginHandshake();
            HandshakeStatus status = engine.getHandshakeStatus();
            while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
                switch (status) {
                    case NEED_TASK -> engine.getDelegatedTask().run();
                    case NEED_WRAP -> status = wrap(engine, "", flight);
                    default -> {
                        flush(flight, socket);
                        status = unwrap(engine, received, socket, ByteBuffer.allocate(1 << 16));
                        continue;
                    }
                }
                if (status != HandshakeStatus.FINISHED) {
                    status = engine.getHandshakeStatus();
                }
            }
            var _ = wrap(engine, request, flight);
            flush(flight, socket);
            ByteBuffer plain = ByteBuffer.allocate(1 << 16);
            while (plain.position() == 0) {
                var _ = unwrap(engine, received, socket, plain);
            }
            return new String(plain.array(), 0, plain.position(), StandardCharsets.ISO_8859_1);
        }
    }

    private static HandshakeStatus wrap(SSLEngine engine, String text, ByteArrayOutputStream flight)
            throws SSLException {
        ByteBuffer out = ByteBuffer.allocate(1 << 16);
        HandshakeStatus status = engine.wrap(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), out)
                .getHandshakeStatus();
        flight.write(out.array(), 0, out.position());
        return status;
    }

    private static void flush(ByteArrayOutputStream flight, Socket socket) throws IOException {
        socket.getOutputStream().write(flight.toByteArray());
        flight.reset();
    }

    private static HandshakeStatus unwrap(SSLEngine engine, ByteBuffer received, Socket socket, ByteBuffer plain)
            throws IOException {
        SSLEngineResult result = engine.unwrap(received, plain);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            received.compact();
            int read = socket.getInputStream().read(received.array(), received.position(), received.remaining());
            if (read < 0) {
                throw new IOException("ended");
            }
            received.position(received.position() + read).flip();
        }
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED
                ? HandshakeStatus.FINISHED
                : engine.getHandshakeStatus();
    }

    private static SSLContext trusted() {
        return first.trusting();
    }

    static SSLSocket open(SSLContext context, int port) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(30_000);
        return socket;
    }

    /** The first piece of the answer, which holds all of a short one. */
    static String answer(SSLSocket socket, String request) throws IOException {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        byte[] buffer = new byte[1 << 14];
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (!text.toString().matches("(?s).*\r\n\r\n.+")) {
            int read = in.read(buffer);
            if (read < 0) {
                break;
            }
            text.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        }
        return text.toString();
    }

    private static boolean sent(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }
}
