package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ClientScriptTest {

    @Test
    void shellcheck_findsNothing() throws Exception {
        assumeTrue(Programs.installed("shellcheck"), "shellcheck is not installed: the client's script is not checked");
        Process process = new ProcessBuilder("shellcheck", "--shell=sh", Client.SCRIPT.toString())
                .redirectErrorStream(true)
                .start();

        String findings = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(findings).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void script_isExecutableAndOfTheVersionThatIsBuilt() throws IOException {
        Matcher version = Pattern.compile("(?m)^readonly version=(.+)$").matcher(Files.readString(Client.SCRIPT));

        assertThat(Client.SCRIPT).isExecutable();
        assertThat(version.find()).isTrue();
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + version.group(1) + "</version>");
    }
}
