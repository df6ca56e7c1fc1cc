package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.credbroker.configuration.AuthorityFile;
import dev.credbroker.configuration.Findings;
import dev.credbroker.configuration.ServerCertificate;
import dev.credbroker.configuration.WebAddress;
import dev.credbroker.simulator.TestClock;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate that nobody but the file vouches for. */
class AuthorityFileTest {

    /** Much more than is ever needed: what is expected must not depend on how busy the machine is. */
    private static final Duration LONG = Duration.ofMinutes(1);

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static ServerCertificate certificate;

    @BeforeAll
    static void open() throws Exception {
        certificate = ServerCertificate.make(folder.resolve("server"), "ip:127.0.0.1");
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(certificate.store(), ServerCertificate.PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> TestIdentityProvider.send(exchange, 200, "{}"));
        server.start();
    }

    @AfterAll
    static void close() {
        server.stop(0);
    }

    @Test
    void trust_serverVouchedForByTheFile_isReached() throws Exception {
        Path file = certificate.certificate();

        try (HttpGet http = new HttpGet(Optional.of(AuthorityFile.trust(file)), Optional.empty(), LONG)) {
            assertThat(http.get(address("127.0.0.1")).body()).hasSize(2);
        }
    }

    @Test
    void trust_otherName_isUnreachable() throws Exception {
        Path file = certificate.certificate();

        try (HttpGet http = new HttpGet(Optional.of(AuthorityFile.trust(file)), Optional.empty(), LONG)) {
            assertUnreachable(http, "localhost");
        }
    }

    @Test
    void trust_anotherAuthorityOrJavas_isUnreachable() throws Exception {
        Path other =
                ServerCertificate.make(folder.resolve("other"), "ip:127.0.0.1").certificate();

        try (HttpGet http = new HttpGet(Optional.of(AuthorityFile.trust(other)), Optional.empty(), LONG);
                HttpGet plain = new HttpGet(Optional.empty(), Optional.empty(), LONG)) {
            assertUnreachable(http, "127.0.0.1");
            assertUnreachable(plain, "127.0.0.1");
        }
    }

    /** It answers without keys; that it answers at all is the file's doing. */
    @Test
    void from_fileInTheConfiguration_isTrusted() throws Exception {
        TestClock clock = new TestClock();
        TestScheduler scheduler = new TestScheduler(clock);
        Findings findings = new Findings();
        OidcConfig config = TestConfig.of(Map.of(
                "broker.issuers.corp.issuer",
                "https://idp.example.com",
                "broker.issuers.corp.audiences",
                "credential-broker",
                "broker.issuers.corp.jwks-uri",
                url("127.0.0.1"),
                "broker.issuers.corp.jwks-ca-file",
                certificate.certificate().toString()));

        try (OidcIssuers issuers = OidcIssuers.from(config, findings, new KeyUpkeep(clock, () -> 0, scheduler))) {
            assertThat(findings.all()).isEmpty();
            issuers.start();
            scheduler.run();

            assertThat(issuers.keys().getFirst().lastFailure())
                    .isPresent()
                    .isNotEqualTo(Optional.of(KeysFailure.UNREACHABLE));
        }
    }

    private static void assertUnreachable(HttpGet http, String host) {
        assertThatExceptionOfType(KeysFetchException.class)
                .isThrownBy(() -> http.get(address(host)))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(KeysFailure.UNREACHABLE));
    }

    private static WebAddress address(String host) {
        return WebAddress.parse(url(host));
    }

    private static String url(String host) {
        return "https://" + host + ":" + server.getAddress().getPort() + "/";
    }
}
