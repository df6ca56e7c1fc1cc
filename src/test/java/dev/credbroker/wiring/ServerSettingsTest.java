package dev.credbroker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.ConfigSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerSettingsTest {

    private static final String FORMAT_OF_HANDLERS = "%d %-5p [%c] (%t) %s%e%n";

    @ParameterizedTest
    @CsvSource({
        "quarkus.http.access-log.enabled, true",
        "quarkus.http.cors.enabled, true",
        "'quarkus.http.header.\"Access-Control-Allow-Origin\".value', *",
        "'quarkus.http.header.\"access-control-allow-origin\".value', *",
        "'quarkus.http.header.Cache-Control.value', public",
        "'quarkus.http.filter.f.header.\"Access-Control-Allow-Origin\"', *",
        "'quarkus.management.header.\"Access-Control-Allow-Origin\".value', *",
        "quarkus.log.console.format, %d %p %s%e%n",
        "quarkus.log.console.format, %m%n",
        "quarkus.log.console.format, %E%n",
        "quarkus.log.console.format, %-80.200m%n",
        "quarkus.log.file.format, %s%e%n",
        "'quarkus.log.handler.file.\"mine\".format', %s%e%n",
        "quarkus.config.log.values, true",
        "quarkus.config.mapping.validate-unknown, false",
        "smallrye.config.mapping.validate-unknown, false",
        "quarkus.http.http2, true",
        "quarkus.http.ssl.client-auth, required",
        "quarkus.management.ssl.client-auth, REQUEST",
        "quarkus.http.ssl.certificate.files, /etc/tls.crt",
        "quarkus.http.ssl.certificate.key-store-file, /etc/tls.p12",
        "quarkus.tls.https.protocols, 'TLSv1.3,TLSv1.1'",
        "'quarkus.tls.https.protocols[1]', TLSv1",
        "quarkus.tls.protocols, SSLv3",
        "quarkus.http.ssl.protocols, TLSv1.1",
        "quarkus.tls.https.trust-all, true",
        "quarkus.tls.trust-all, true",
        "javax.net.debug, all",
        "jdk.httpclient.HttpClient.log, headers",
        "jdk.internal.httpclient.debug, true",
        "jdk.internal.httpclient.hpack.debug, err"
    })
    void setting_thatMakesTheServerTellOrLetIn_isFound(String property, String value) {
        assertThat(found(Map.of(property, value))).containsExactly(property);
    }

    @ParameterizedTest
    @CsvSource({
        "quarkus.http.access-log.enabled, false",
        "quarkus.http.access-log.pattern, combined",
        "quarkus.http.cors.enabled, false",
        "quarkus.http.port, 8443",
        "'quarkus.http.header.\"Strict-Transport-Security\".value', max-age=63072000",
        "quarkus.log.level, TRACE",
        "quarkus.log.console.format, '%d{HH:mm} %-5p [%c{3.}] (%t) %s%n'",
        "quarkus.log.file.enabled, true",
        "quarkus.config.mapping.validate-unknown, true",
        "quarkus.http.http2, false",
        "quarkus.http.ssl.client-auth, none",
        "quarkus.tls.https.protocols, TLSv1.3",
        "quarkus.tls.https.protocols, 'TLSv1.3, TLSv1.2'",
        "'quarkus.tls.https.protocols[0]', TLSv1.2",
        "quarkus.tls.https.trust-all, false",
        "javax.net.ssl.trustStore, /etc/trust.p12",
        "jdk.httpclient.keepalive.timeout, 10"
    })
    void setting_thatDoesNoHarm_isNotFound(String property, String value) {
        assertThat(found(Map.of(property, value))).isEmpty();
    }

    /** What Quarkus gives a handler that says no format of its own. */
    @Test
    void handler_withoutAFormatOfItsOwn_isFound() {
        Map<String, String> handler = new HashMap<>(Map.of("quarkus.log.handler.file.\"mine\".enabled", "true"));
        Map<String, String> defaults = Map.of("quarkus.log.handler.file.*.format", FORMAT_OF_HANDLERS);

        assertThat(found(new PropertiesConfigSource(handler, "test", 100), defaults))
                .containsExactly("quarkus.log.handler.file.\"mine\".format");

        handler.put("quarkus.log.handler.file.\"mine\".format", "%s%n");
        assertThat(found(new PropertiesConfigSource(handler, "test", 100), defaults))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "QUARKUS_HTTP_ACCESS_LOG_ENABLED, true",
        "QUARKUS_HTTP_HEADER__ACCESS_CONTROL_ALLOW_ORIGIN__VALUE, *",
        "QUARKUS_LOG_CONSOLE_FORMAT, %s%e%n"
    })
    void setting_inTheEnvironment_isFound(String variable, String value) {
        assertThat(found(new EnvConfigSource(Map.of(variable, value), 300), Map.of()))
                .singleElement()
                .asString()
                .startsWithIgnoringCase("quarkus");
    }

    @Test
    void settings_ofTheProgramItself_doNoHarm() throws IOException {
        String own = Files.readString(Path.of("src/main/resources/application.yaml"));

        assertThat(found(new YamlConfigSource("application.yaml", own, 100), Map.of()))
                .isEmpty();
    }

    private static List<String> found(Map<String, String> properties) {
        return found(new PropertiesConfigSource(properties, "test", 100), Map.of());
    }

    private static List<String> found(ConfigSource source, Map<String, String> defaults) {
        Findings findings = new Findings();
        ServerSettings.find(
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withDefaultValues(defaults)
                        .withSources(source)
                        .build(),
                findings);
        return findings.all().stream().map(Finding::property).toList();
    }
}
