package dev.credbroker.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.source.yaml.YamlConfigSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows as configuration is one that the broker starts with. */
class ReadmeConfigurationTest {

    private static final String CLUSTER = "/var/run/secrets/kubernetes.io/serviceaccount";

    @TempDir
    Path pod;

    @Test
    void configuration_ofTheReadme_hasNoMistakeInAPod() throws IOException {
        Files.writeString(pod.resolve("token"), "t");
        Files.writeString(pod.resolve("ca.crt"), "");

        ConfigurationException e = catchThrowableOfType(
                ConfigurationException.class, () -> read(example().replace(CLUSTER, pod.toString())));

        // A pod's CA is no certificate here; all else is right.
        assertThat(e.getConfigKeys()).isEqualTo(Set.of("broker.issuers.cluster.jwks-ca-file"));
    }

    @Test
    void configuration_ofTheReadmeWithoutTheCluster_starts() throws IOException {
        String withoutCluster = example()
                .replaceAll("(?m)^    cluster:.*\\n(?:      .*\\n)+", "")
                .replaceAll("(?m)^    node-jobs:.*\\n(?:      .*\\n)+", "");

        assertThat(read(withoutCluster).roles().all()).hasSize(2);
    }

    private static Settings read(String yaml) throws IOException {
        return Configurations.settings(Configurations.config(new YamlConfigSource("README.md", yaml, 100)));
    }

    private static String example() throws IOException {
        String readme = Files.readString(Path.of("README.md"));
        int begin = readme.indexOf("```yaml\n") + "```yaml\n".length();
        return readme.substring(begin, readme.indexOf("```", begin));
    }
}
