package dev.credbroker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.simulator.idp.PemPairs;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HttpsSettingsTest {

    private static final String CERTIFICATE = "quarkus.tls.https.key-store.pem.broker.cert";
    private static final String KEY = "quarkus.tls.https.key-store.pem.broker.key";
    private static final String TRUST = "quarkus.tls.https.trust-store.pem.certs";
    private static final String SECRET = "MIGTAgEAMBMGByqGSM49AgEG";

    @TempDir
    private Path folder;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void https() throws IOException {
        write(PemPairs.Form.EC_PKCS8);
        settings.put(HttpsSettings.NAME, "https");
        settings.put(CERTIFICATE, file("tls.crt"));
        settings.put(KEY, file("tls.key"));
    }

    private void write(PemPairs.Form form) throws IOException {
        PemPairs.Pair pair = PemPairs.make(form);
        Files.writeString(folder.resolve("tls.crt"), pair.certificate());
        Files.writeString(folder.resolve("tls.key"), pair.key());
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }

    @ParameterizedTest
    @EnumSource
    void certificateAndItsKey_inAnyForm_areRight(PemPairs.Form form) throws IOException {
        write(form);

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void key_ofAnotherCertificate_isFound(PemPairs.Form form) throws IOException {
        Files.writeString(
                folder.resolve("tls.crt"),
                PemPairs.make(PemPairs.Form.RSA_PKCS8).certificate());
        Files.writeString(folder.resolve("tls.key"), PemPairs.make(form).key());

        assertThat(found()).containsExactly(KEY);
    }

    @Test
    void files_thatAreNotThere_areFoundByTheirProperties() {
        settings.put(CERTIFICATE, file("absent.crt"));
        settings.put(KEY, file("absent.key"));

        assertThat(found()).containsExactlyInAnyOrder(CERTIFICATE, KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "tls.crt, quarkus.tls.https.key-store.pem.broker.cert",
        "tls.key, quarkus.tls.https.key-store.pem.broker.key"
    })
    void file_withSomethingElse_isFoundAndNotQuoted(String name, String property) throws IOException {
        Files.writeString(folder.resolve(name), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n" + SECRET);

        assertThat(find()).singleElement().satisfies(finding -> {
            assertThat(finding.property()).isEqualTo(property);
            assertThat(finding.advice()).contains(name, "PEM").doesNotContain(SECRET);
        });
    }

    @Test
    void certificate_withoutAKey_isFound() {
        settings.remove(KEY);

        assertThat(found()).containsExactly(KEY);
    }

    @Test
    void storeWithAPassword_thatIsNotThere_isFound() {
        settings.remove(CERTIFICATE);
        settings.remove(KEY);
        settings.put("quarkus.tls.https.key-store.p12.path", file("absent.p12"));

        assertThat(found()).containsExactly("quarkus.tls.https.key-store.p12.path");
    }

    @Test
    void name_withoutACertificate_isFound() {
        settings.put(HttpsSettings.NAME, "other");

        assertThat(found()).containsExactlyInAnyOrder(HttpsSettings.NAME, "quarkus.tls.https.key-store");
    }

    @Test
    void certificate_thatNothingUses_isFound() {
        settings.remove(HttpsSettings.NAME);

        assertThat(found()).containsExactly("quarkus.tls.https.key-store");

        settings.put("quarkus.management.tls-configuration-name", "https");
        assertThat(found()).isEmpty();
    }

    @Test
    void certificate_ofTheDefaultConfiguration_isUsedWithoutAName() {
        settings.clear();
        settings.put("quarkus.tls.key-store.pem.0.cert", file("tls.crt"));
        settings.put("quarkus.tls.key-store.pem.0.key", file("tls.key"));
        settings.put(HttpsSettings.INSECURE, "disabled");

        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"disabled, 1", "redirect, 1", "enabled, 0"})
    void plainHttp_closedWithoutHttps_isFound(String way, int findings) {
        settings.clear();
        settings.put(HttpsSettings.INSECURE, way);

        assertThat(found()).hasSize(findings).allMatch(HttpsSettings.INSECURE::equals);
    }

    @Test
    void clientCertificates_withAllTheyNeed_areRight() {
        settings.put(HttpsSettings.CLIENTS, "true");
        settings.put(HttpsSettings.INSECURE, "disabled");
        settings.put(TRUST, file("tls.crt"));

        assertThat(found()).isEmpty();
    }

    @Test
    void clientCertificates_withoutAuthorities_areFound() {
        settings.put(HttpsSettings.CLIENTS, "true");
        settings.put(HttpsSettings.INSECURE, "disabled");

        assertThat(found()).containsExactly(HttpsSettings.CLIENTS);
    }

    @Test
    void clientCertificates_withoutHttps_areFound() {
        settings.clear();
        settings.put(HttpsSettings.CLIENTS, "true");

        assertThat(found()).containsExactly(HttpsSettings.CLIENTS);
    }

    /** Whoever has no certificate would go by the other door. */
    @ParameterizedTest
    @CsvSource(
            value = {"enabled", "redirect", "NULL"},
            nullValues = "NULL")
    void clientCertificates_besidePlainHttp_areFound(String way) {
        settings.put(HttpsSettings.CLIENTS, "true");
        settings.put(TRUST, file("tls.crt"));
        if (way != null) {
            settings.put(HttpsSettings.INSECURE, way);
        }

        assertThat(found()).containsExactly(HttpsSettings.INSECURE);
    }

    @ParameterizedTest
    @CsvSource({"quarkus.tls.https.trust-store.pem.certs", "'quarkus.tls.https.trust-store.pem.certs[0]'"})
    void authorities_thatCannotBeRead_areFound(String property) {
        settings.put(property, file("absent.crt"));

        assertThat(found()).containsExactly(property);
    }

    private List<String> found() {
        return find().stream().map(Finding::property).toList();
    }

    private List<Finding> find() {
        Findings findings = new Findings();
        HttpsSettings.find(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withSources(new PropertiesConfigSource(settings, "test", 100))
                        .build(),
                findings);
        return findings.all();
    }
}
