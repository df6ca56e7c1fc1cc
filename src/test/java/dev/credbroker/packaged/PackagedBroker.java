package dev.credbroker.packaged;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The program as it is delivered, in a process of its own: {@code java -jar quarkus-run.jar} with a configuration file.
 *
 * <p>It inherits no setting of AWS, Quarkus or the broker from the environment of the tests, and has a directory of its
 * own for all that it writes. A proxy is set that is not there, and an AWS profile that leads to it: nothing that any
 * test does may go that way.
 */
public final class PackagedBroker implements AutoCloseable {

    public static final Path HOME = Path.of(System.getProperty("broker.home", "target/quarkus-app"));

    /** The port {@code discard}, where nobody listens. */
    private static final String NOWHERE = "http://127.0.0.1:9";

    private static final String CONFIGURATION = "broker.yaml";
    private static final String PROFILES = "profiles";
    private static final String OUT = "stdout";
    private static final String ERR = "stderr";
    private static final Duration START = Duration.ofSeconds(60);
    private static final Set<String> OF_THE_TEST = Set.of(CONFIGURATION, PROFILES, OUT, ERR);
    private static final Duration END = Duration.ofSeconds(20);

    private final Process process;
    private final Path directory;
    private final String url;
    private final String managementUrl;

    private PackagedBroker(Process process, Path directory, int port, int managementPort) {
        this.process = process;
        this.directory = directory;
        this.url = "http://127.0.0.1:" + port;
        this.managementUrl = "http://127.0.0.1:" + managementPort;
    }

    /**
     * Starts the program and does not wait for it.
     *
     * @param options of the JVM, such as {@code -Dquarkus.log.level=DEBUG}
     */
    static PackagedBroker start(String yaml, String... options) {
        int port = FreePort.find();
        int managementPort = FreePort.find();
        try {
            Path directory = Files.createTempDirectory(
                    Files.createDirectories(HOME.toAbsolutePath().resolveSibling("packaged-brokers")), "broker-");
            Path configuration = Files.writeString(directory.resolve(CONFIGURATION), yaml);
            Files.writeString(directory.resolve(PROFILES), "[default]\nendpoint_url = " + NOWHERE + "\n");
            Path temporary = Files.createDirectory(directory.resolve("tmp"));
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-Djava.io.tmpdir=" + temporary,
                    "-Dsmallrye.config.locations=" + configuration,
                    "-Dquarkus.shutdown.delay=0s",
                    "-Dquarkus.http.host=127.0.0.1",
                    "-Dquarkus.http.port=" + port,
                    "-Dquarkus.management.host=127.0.0.1",
                    "-Dquarkus.management.port=" + managementPort));
            command.addAll(List.of(options));
            command.addAll(List.of(
                    "-jar", HOME.resolve("quarkus-run.jar").toAbsolutePath().toString()));
            return new PackagedBroker(process(command, directory), directory, port, managementPort);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process process(List<String> command, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectOutput(directory.resolve(OUT).toFile())
                .redirectError(directory.resolve(ERR).toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.matches("(AWS|BROKER|QUARKUS|SMALLRYE)_.*|JAVA_TOOL_OPTIONS|JDK_JAVA_OPTIONS"));
        builder.environment()
                .putAll(Map.of(
                        "AWS_EC2_METADATA_DISABLED",
                        "true",
                        "AWS_CONFIG_FILE",
                        directory.resolve(PROFILES).toString(),
                        "HTTP_PROXY",
                        NOWHERE));
        return builder.start();
    }

    /** Until it says that it is ready. */
    public PackagedBroker awaitReady() {
        await("ready", "/q/health/ready");
        return this;
    }

    /** Until it answers at all: it need not be ready. */
    PackagedBroker awaitLive() {
        await("live", "/q/health/live");
        return this;
    }

    private void await(String state, String path) {
        boolean reached = Polling.until(() -> !process.isAlive() || isOk(managementUrl + path), START);
        if (!reached || !process.isAlive()) {
            throw new AssertionError("The program is not %s; its log:%n%s".formatted(state, log()));
        }
    }

    private static boolean isOk(String url) {
        return Http.tryGet(url)
                .map(HttpResponse::statusCode)
                .filter(status -> status == 200)
                .isPresent();
    }

    /** What the program ended with, by itself. */
    int awaitExitCode() {
        try {
            if (!process.waitFor(START.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("The program has not ended; its log:%n%s".formatted(log()));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    public long pid() {
        return process.pid();
    }

    /** Asks the process to end, as an orchestrator does. */
    void terminate() {
        process.destroy();
    }

    /** Of the public port, without a slash at the end. */
    public String url() {
        return url;
    }

    public String managementUrl() {
        return managementUrl;
    }

    /** Standard output so far: the audit log. */
    String audit() {
        return read(OUT);
    }

    /** Standard error so far: the log. */
    String log() {
        return read(ERR);
    }

    /** The files in its directory that neither the test nor its two streams have written. */
    List<String> files() {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file).toString())
                    .filter(file -> !OF_THE_TEST.contains(file))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the JVM answers to a diagnostic command of its own user, such as {@code Thread.print}. */
    public String diagnosed(String... command) {
        List<String> jcmd = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(), Long.toString(process.pid())));
        jcmd.addAll(List.of(command));
        try {
            Process asking = new ProcessBuilder(jcmd).redirectErrorStream(true).start();
            return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Processes.end(process, END);
    }
}
