package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.deploy.KubernetesManifests;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the manifests configure starts, in a directory that stands for the pod's. */
@Timeout(180)
class KubernetesManifestsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    private Path pod;

    private KeyStore identity;

    /** A key and a certificate for localhost, and the other files that a pod has. */
    @BeforeEach
    void files() throws Exception {
        Path store = pod.resolve("identity.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "broker",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(keytool.waitFor()).isZero();
        identity = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(store)) {
            identity.load(file, PASSWORD);
        }
        String certificate =
                pem("CERTIFICATE", identity.getCertificate("broker").getEncoded());
        Files.writeString(pod.resolve("tls.crt"), certificate);
        Files.writeString(pod.resolve("ca.crt"), certificate);
        Files.writeString(
                pod.resolve("tls.key"),
                pem("PRIVATE KEY", identity.getKey("broker", PASSWORD).getEncoded()));
        Files.writeString(pod.resolve("token"), "token");
    }

    @Test
    void sidecar_starts() {
        try (PackagedBroker broker = PackagedBroker.start(inThePod("sidecar.yaml"))) {
            broker.awaitLive();

            assertThat(Polling.until(() -> plainly(broker) == 401, SOON)).isTrue();
        }
    }

    @Test
    void central_startsOverHttpsAlone() throws Exception {
        int port = FreePort.find();
        try (PackagedBroker broker =
                PackagedBroker.start(inThePod("central.yaml"), "-Dquarkus.http.ssl-port=" + port)) {
            broker.awaitLive();

            assertThat(Polling.until(() -> overHttps(port) == 401, SOON)).isTrue();
            assertThat(plainly(broker)).isZero();
        }
    }

    private String inThePod(String file) {
        return KubernetesManifests.configuration(file).replaceAll("(?<=: )/[^\\s]*/", pod + "/");
    }

    /** The management port may answer before the other one does. */
    private static int plainly(PackagedBroker broker) {
        return Http.tryGet(broker.url() + "/v1/credentials/reports")
                .map(HttpResponse::statusCode)
                .orElse(0);
    }

    private int overHttps(int port) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("https://localhost:" + port + "/v1/credentials/reports"))
                .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trust()).build()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (GeneralSecurityException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** In the broker's certificate, and nothing else. */
    private SSLContext trust() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", identity.getCertificate("broker"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(kind, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), kind);
    }
}
