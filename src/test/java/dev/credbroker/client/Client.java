package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The script, run by one shell in a home of its own, with no variable of whoever runs the tests but {@code PATH}. */
public final class Client {

    public static final Path SCRIPT = Path.of("deploy/client/credential-broker").toAbsolutePath();

    private static final int PATIENCE_SECONDS = 120;

    /** What a run left behind; the streams without the newline at their end. */
    public record Run(int code, String out, String err) {}

    private final Shell shell;
    private final Path home;
    private final Map<String, String> variables = new HashMap<>();
    private String standardInput = "";

    public Client(Shell shell, Path home) {
        this.shell = shell.orSkip();
        this.home = home;
        variables.put("HOME", home.toString());
        variables.put("PATH", System.getenv("PATH"));
    }

    public Client with(String variable, String value) {
        variables.put(variable, value);
        return this;
    }

    public Client standardInput(String text) {
        standardInput = text;
        return this;
    }

    /** Instead of sleeping, the seconds are written down and over at once. */
    public Client sleepless() {
        try {
            Path bin = Files.createDirectories(home.resolve("bin"));
            Files.writeString(bin.resolve("sleep"), "#!/bin/sh\necho \"$1\" >>" + home.resolve("slept") + "\n");
            Files.setPosixFilePermissions(bin.resolve("sleep"), PosixFilePermissions.fromString("rwxr-xr-x"));
            return with("PATH", bin + ":" + System.getenv("PATH"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public List<String> slept() {
        return Files.exists(home.resolve("slept"))
                ? read(home.resolve("slept")).lines().toList()
                : List.of();
    }

    Path state() {
        return home.resolve(".local/state/credential-broker");
    }

    /** Names of what is kept or shared. */
    List<String> files() {
        if (!Files.isDirectory(state())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(state())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that may still be going on. */
    final class Started {

        private final Process process;
        private final Path out;
        private final Path err;

        private Started(Process process, Path out, Path err) {
            this.process = process;
            this.out = out;
            this.err = err;
        }

        Process process() {
            return process;
        }

        Run end() {
            try {
                assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                        .as("it ends")
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            } finally {
                process.destroyForcibly();
            }
            return new Run(
                    process.exitValue(), read(out).stripTrailing(), read(err).stripTrailing());
        }
    }

    Started start(String... arguments) {
        List<String> command = new ArrayList<>(shell.command());
        command.add(SCRIPT.toString());
        command.addAll(List.of(arguments));
        try {
            Path out = Files.createTempFile(home, "out", ".txt");
            Path err = Files.createTempFile(home, "err", ".txt");
            Path in = Files.writeString(Files.createTempFile(home, "in", ".txt"), standardInput);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(variables);
            return new Started(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Run run(String... arguments) {
        return start(arguments).end();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
