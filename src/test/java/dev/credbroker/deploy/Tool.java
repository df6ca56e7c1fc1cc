package dev.credbroker.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program of the machine that the tests use where it is installed. */
public final class Tool {

    private static final int PATIENCE_SECONDS = 60;

    private final String name;

    private Tool(String name) {
        this.name = name;
    }

    /** What a run ended with, and all that it printed. */
    public record Run(int exitCode, String output) {

        public Run isGood() {
            assertThat(exitCode).as(output).isZero();
            return this;
        }
    }

    /** Skips the calling test, with a line that says so, where the machine has no such program. */
    public static Tool installed(String name, String debianPackage) {
        boolean there = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, name)));
        assumeTrue(
                there, () -> name + " is not installed (Debian's package: " + debianPackage + "): not checked with it");
        return new Tool(name);
    }

    public Run run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of(name));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(name + " has not ended");
            }
            return new Run(process.exitValue(), output);
        } catch (IOException e) {
            throw new AssertionError(name + " cannot be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
