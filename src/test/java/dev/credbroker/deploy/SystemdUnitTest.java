package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The unit as systemd reads and judges it; no systemd runs it here. */
class SystemdUnitTest {

    private static final String NAME = "credential-broker.service";
    private static final Path UNIT = Path.of("deploy/systemd", NAME);

    @TempDir
    private Path directory;

    /** With the Java of the tests, since there is none at the place that the unit names. */
    private void copy() throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Files.writeString(directory.resolve(NAME), Files.readString(UNIT).replace("/opt/java/bin/java", java));
    }

    @Test
    void unit_isWhatSystemdUnderstands() throws IOException {
        Tool systemd = Tool.installed("systemd-analyze", "systemd");
        copy();

        Tool.Run run = systemd.run(
                directory, "verify", "--man=no", directory.resolve(NAME).toString());

        assertThat(run.isGood().output().lines().filter(line -> line.contains(NAME)))
                .isEmpty();
    }

    /** 1.3 of 10 with systemd 252; most services of a distribution have more than 8. */
    @Test
    void unit_isHardened() throws IOException {
        Tool systemd = Tool.installed("systemd-analyze", "systemd");
        copy();

        systemd.run(
                        directory,
                        "security",
                        "--no-pager",
                        "--offline=true",
                        "--threshold=17",
                        directory.resolve(NAME).toString())
                .isGood();
    }

    @Test
    void program_endsWhenItIsOutOfMemoryAndHasTimeToDrain() throws IOException {
        assertThat(Files.readString(UNIT))
                .contains("-XX:+ExitOnOutOfMemoryError")
                .contains("SuccessExitStatus=143")
                .contains("TimeoutStopSec=20s")
                .contains("LimitCORE=0");
    }
}
