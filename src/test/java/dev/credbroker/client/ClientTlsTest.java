package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.credbroker.client.Client.Run;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token goes only to a broker whose certificate is trusted. */
class ClientTlsTest {

    private static final char[] PASSWORD = "password".toCharArray();

    @TempDir
    private Path home;

    private final AtomicInteger requests = new AtomicInteger();
    private HttpsServer server;
    private Path certificate;

    @BeforeEach
    void start() throws Exception {
        KeyStore keys = keys();
        certificate = Files.writeString(
                home.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder()
                                .encodeToString(keys.getCertificate("broker").getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            byte[] body = FakeBroker.session(Duration.ofHours(1)).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private KeyStore keys() throws Exception {
        Path file = home.resolve("keys.p12");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keystore",
                file.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-alias",
                "broker",
                "-keyalg",
                "EC",
                "-dname",
                "CN=broker",
                "-ext",
                "san=ip:127.0.0.1");
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream stream = Files.newInputStream(file)) {
            keys.load(stream, PASSWORD);
        }
        return keys;
    }

    private Run run(String command, String... more) {
        return new Client(Shell.DASH, home)
                .standardInput("token")
                .run(Stream.concat(
                                Stream.of(
                                        command,
                                        "--url",
                                        "https://127.0.0.1:"
                                                + server.getAddress().getPort(),
                                        "--role",
                                        "r",
                                        "--token-stdin"),
                                Stream.of(more))
                        .toArray(String[]::new));
    }

    @Test
    void certificate_ofAnUnknownCa_isNotTrusted() {
        Run get = run("get");
        Run doctor = run("doctor");

        assertThat(get.code()).isEqualTo(5);
        assertThat(get.err()).hasLineCount(1).contains("--ca-file");
        assertThat(doctor.code()).isEqualTo(5);
        assertThat(doctor.out()).contains("ok    connection: ", "FAIL  TLS: ", "--ca-file");
        assertThat(requests).hasValue(0);
    }

    @Test
    void certificate_ofTheNamedCa_isTrusted() {
        Run get = run("get", "--ca-file", certificate.toString());

        assertThat(get.code()).as(get.err()).isZero();
        assertThat(get.out()).startsWith("{\"Version\":1");
    }
}
