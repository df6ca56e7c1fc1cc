package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.helm.Chart;
import dev.credbroker.helm.MountedFiles;
import dev.credbroker.helm.Rendered;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program starts with what the chart gives it: all that it has at once, mutual TLS included. */
class HelmChartIT {

    @TempDir
    private Path pod;

    @Test
    void configuration_ofTheChart_startsTheProgram() throws IOException {
        Rendered rendered = Chart.render(
                "full", "{ tls: { clientCertificates: { required: true, existingSecret: client-authorities } } }");
        String[] options = Stream.concat(
                        Stream.of(rendered.jvmOptions()), Stream.of("-Dquarkus.http.ssl-port=" + FreePort.find()))
                .toArray(String[]::new);

        try (PackagedBroker broker = PackagedBroker.start(MountedFiles.in(pod).configuration(rendered), options)
                .awaitLive()) {
            // The management port may answer before the other one is there.
            assertThat(Polling.until(() -> broker.log().contains("Listening on: https://"), Duration.ofSeconds(30)))
                    .as(broker.log())
                    .isTrue();
            assertThat(broker.log()).doesNotContain("WARN", "ERROR");
        }
    }
}
