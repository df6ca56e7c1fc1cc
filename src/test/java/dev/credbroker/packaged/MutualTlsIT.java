package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only clients with a certificate of a known authority get as far as a request. */
class MutualTlsIT {

    private static final String REQUEST = "GET /v1/roles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

    @TempDir
    private static Path folder;

    private static int port;
    private static Certificates server;
    private static Certificates client;
    private static SimulatedWorld world;

    @BeforeAll
    static void start() throws IOException {
        port = FreePort.find();
        server = Certificates.make(folder, "server");
        server.write(folder);
        client = Certificates.make(folder, "client");
        Path authorities = Files.writeString(folder.resolve("clients.pem"), client.certificate());
        world = new SimulatedWorld(TlsIT.tls(
                        folder,
                        port,
                        "-Dquarkus.tls.https.trust-store.pem.certs=" + authorities,
                        "-Dbroker.tls.require-client-certificate=true"))
                .awaitReady();
        TlsIT.awaitListening(port);
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    @Test
    void client_withACertificate_isHeardAndMustProveItsIdentityAllTheSame() throws IOException {
        assertThat(answer(server.trustingAndShowing(client))).startsWith("HTTP/1.1 401 ");
    }

    @Test
    void client_withoutACertificate_isNotHeard() {
        assertThatThrownBy(() -> answer(server.trusting())).isInstanceOfAny(SSLException.class, SocketException.class);
    }

    @Test
    void client_withACertificateOfAStranger_isNotHeard() {
        Certificates stranger = Certificates.make(folder, "stranger");

        assertThatThrownBy(() -> answer(server.trustingAndShowing(stranger)))
                .isInstanceOfAny(SSLException.class, SocketException.class);
    }

    private static String answer(SSLContext context) throws IOException {
        try (SSLSocket socket = TlsIT.open(context, port)) {
            String answer = TlsIT.answer(socket, REQUEST);
            if (answer.isEmpty()) {
                throw new SocketException("closed without an answer");
            }
            return answer;
        }
    }
}
