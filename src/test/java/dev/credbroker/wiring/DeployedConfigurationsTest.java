package dev.credbroker.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration beside the templates for AWS is one that the broker starts with. */
class DeployedConfigurationsTest {

    @Test
    void configuration_besideTheTemplates_hasNoMistake() throws IOException {
        String yaml = Files.readString(Path.of("deploy/aws/application.yaml"));

        Settings settings = Configurations.settings(
                Configurations.config(new YamlConfigSource("deploy/aws/application.yaml", yaml, 100)));

        assertThat(settings.roles().all()).hasSize(3);
    }
}
