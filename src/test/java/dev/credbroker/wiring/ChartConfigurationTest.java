package dev.credbroker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.helm.Chart;
import dev.credbroker.helm.MountedFiles;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the chart makes of its values is a configuration that the broker starts with, in every shape. */
class ChartConfigurationTest {

    @TempDir
    private Path pod;

    static List<String> shapes() {
        return Chart.shapes();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void configuration_ofAShape_hasNoMistake(String shape) throws IOException {
        String yaml = MountedFiles.in(pod).configuration(Chart.render(shape));

        Settings settings = Configurations.settings(Configurations.config(new YamlConfigSource(shape, yaml, 100)));

        assertThat(settings.roles().all()).isNotEmpty();
    }

    /** A million written as 1e+06 would be no number to the broker. */
    @ParameterizedTest
    @MethodSource("shapes")
    void number_thatIsLarge_staysANumber(String shape) throws IOException {
        String yaml = MountedFiles.in(pod)
                .configuration(Chart.render(shape, "{ config: { broker: { cache: { maximum-sessions: 1000000 } } } }"));

        assertThat(Configurations.settings(Configurations.config(new YamlConfigSource(shape, yaml, 100)))
                        .maximumSessions())
                .isEqualTo(1_000_000);
    }
}
