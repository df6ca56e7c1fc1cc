package dev.credbroker.bench;

import dev.credbroker.packaged.FreePort;
import dev.credbroker.packaged.Http;
import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.Polling;
import dev.credbroker.packaged.Processes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/** A Nessie server in a process of its own, that holds its versions in memory and its objects in {@link ObjectStore}. */
final class NessieServer implements AutoCloseable {

    private static final Path LOG = PackagedBroker.HOME.toAbsolutePath().resolveSibling("nessie.log");
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration END = Duration.ofSeconds(20);

    private static final String SETTINGS = """
        quarkus.http.host=127.0.0.1
        quarkus.http.access-log.enabled=false
        quarkus.management.host=127.0.0.1
        nessie.version.store.type=IN_MEMORY
        nessie.server.authentication.enabled=false
        nessie.catalog.default-warehouse=bench
        nessie.catalog.warehouses.bench.location=s3://bench/
        nessie.catalog.service.s3.default-options.region=eu-west-1
        nessie.catalog.service.s3.default-options.path-style-access=true
        nessie.catalog.service.s3.default-options.access-key=urn:nessie-secret:quarkus:own.key
        nessie.catalog.service.s3.default-options.client-iam.enabled=true
        nessie.catalog.service.s3.default-options.client-iam.session-duration=PT1H
        """;

    private final Path runner;
    private final int port = FreePort.find();
    private final Process process;

    /** Answers when the constructor returns. */
    NessieServer(Path runner, String stsUrl, String storeUrl) throws IOException {
        this.runner = runner;
        Files.createDirectories(LOG.getParent());
        process = process(
                runner,
                "own.key.name=" + Nessie.ACCESS_KEY_ID,
                "own.key.secret=" + Nessie.SECRET_ACCESS_KEY,
                "quarkus.http.port=" + port,
                "quarkus.management.port=" + FreePort.find(),
                "nessie.catalog.service.s3.default-options.endpoint=" + storeUrl,
                "nessie.catalog.service.s3.default-options.sts-endpoint=" + stsUrl,
                "nessie.catalog.service.s3.default-options.client-iam.assume-role=" + Nessie.ROLE);
        if (!Polling.until(() -> !process.isAlive() || answers(), START) || !process.isAlive()) {
            close();
            throw new IOException("Nessie does not answer; its log is " + LOG);
        }
    }

    private static Process process(Path runner, String... more) throws IOException {
        Stream<String> options =
                Stream.concat(SETTINGS.lines(), Stream.of(more)).map(setting -> "-D" + setting);
        Stream<String> java = Stream.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m");
        ProcessBuilder builder = new ProcessBuilder(Stream.of(java, options, Stream.of("-jar", runner.toString()))
                        .flatMap(part -> part)
                        .toList())
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile());
        builder.environment().keySet().removeIf(name -> name.matches("(?i)(AWS|NESSIE|QUARKUS|SMALLRYE)_.*|.*_PROXY"));
        return builder.start();
    }

    private boolean answers() {
        return Http.tryGet("http://127.0.0.1:" + port + "/iceberg/v1/config")
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    /** With its version. */
    String name() {
        return runner.getFileName().toString();
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Processes.end(process, END);
    }
}
