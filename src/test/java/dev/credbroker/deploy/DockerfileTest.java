package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the image promises; {@code deploy/docker/try-build} builds it. */
class DockerfileTest {

    private static final Path DOCKERFILE = Path.of("deploy/docker/Dockerfile");
    private static final Pattern INSTRUCTION = Pattern.compile("(?m)^(?:  )?([A-Z]+) (.*(?:\\\\\\n.*)*)$");
    private static final Pattern SOURCE = Pattern.compile("(?m)^COPY (?!--from)(.*) \\S+$");

    @Test
    void programAndHealthCheck_needNoShell() {
        assertThat(last("ENTRYPOINT")).startsWith("[\"/opt/java/bin/java\", ").endsWith("\"]");
        assertThat(last("CMD")).startsWith("[\"/opt/java/bin/java\", ").endsWith("\"Healthy\"]");
        String finalStage = text().substring(text().indexOf("FROM ${BASE}"));
        assertThat(finalStage).doesNotContain("\nRUN ");
    }

    @Test
    void program_isNobodyAndEndsWhenItIsOutOfMemory() {
        assertThat(last("USER")).isEqualTo("10001:10001");
        assertThat(last("ENTRYPOINT"))
                .contains("\"-XX:+ExitOnOutOfMemoryError\"")
                .contains("\"-XX:AOTCache=/opt/credential-broker/app.aot\"");
    }

    @Test
    void manifests_runTheUserAndMountTheDirectoryOfTheImage() {
        for (String manifest : List.of("sidecar.yaml", "central.yaml")) {
            assertThat(Yaml.text(KubernetesManifests.DIRECTORY.resolve(manifest)))
                    .contains("runAsUser: 10001")
                    .contains("mountPath: " + last("WORKDIR") + "/config");
        }
    }

    @Test
    void sources_thatAreCopied_exist() {
        List<String> sources = SOURCE.matcher(text())
                .results()
                .flatMap(found -> List.of(found.group(1).split(" ")).stream())
                .filter(source -> !source.startsWith("target/"))
                .toList();

        assertThat(sources).hasSizeGreaterThan(3).allMatch(source -> Files.exists(Path.of(source)));
    }

    private static String last(String instruction) {
        return INSTRUCTION
                .matcher(text())
                .results()
                .filter(found -> found.group(1).equals(instruction))
                .map((MatchResult found) -> found.group(2).strip())
                .reduce((_, later) -> later)
                .orElseThrow();
    }

    private static String text() {
        return Yaml.text(DOCKERFILE);
    }
}
