package dev.credbroker.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.deploy.Yaml;
import dev.credbroker.packaged.FreePort;
import dev.credbroker.packaged.Http;
import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.Polling;
import dev.credbroker.packaged.Processes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The machine's Prometheus in a process of its own, which looks each second at some brokers. */
final class Prometheus implements AutoCloseable {

    static final String JOB = "credential-broker";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Process process;
    private final String url;

    private Prometheus(Process process, String url) {
        this.process = process;
        this.url = url;
    }

    static boolean isInstalled() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "prometheus")));
    }

    /** Knows them as {@code broker-1:9000} and so on. */
    static Prometheus scraping(PackagedBroker... brokers) throws IOException {
        Path directory =
                Files.createTempDirectory(PackagedBroker.HOME.toAbsolutePath().getParent(), "prometheus-");
        Files.writeString(directory.resolve("prometheus.yml"), configuration(brokers));
        String address = "127.0.0.1:" + FreePort.find();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=prometheus.yml",
                        "--storage.tsdb.path=data",
                        "--web.listen-address=" + address)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new Prometheus(process, "http://" + address);
    }

    void awaitSightOf(int brokers) {
        if (!Polling.until(() -> !process.isAlive() || sees(brokers), PATIENCE) || !process.isAlive()) {
            throw new IllegalStateException("Prometheus does not see %d brokers".formatted(brokers));
        }
    }

    private static String configuration(PackagedBroker... brokers) {
        StringBuilder yaml = new StringBuilder("""
                scrape_configs:
                  - job_name: %s
                    scrape_interval: 1s
                    scrape_timeout: 1s
                    metrics_path: /q/metrics
                    static_configs:
                """.formatted(JOB));
        for (int i = 0; i < brokers.length; i++) {
            String target = URI.create(brokers[i].managementUrl()).getAuthority();
            yaml.append(
                    "      - { targets: ['%s'], labels: { instance: 'broker-%d:9000' } }%n".formatted(target, i + 1));
        }
        return yaml.toString();
    }

    private boolean sees(int brokers) {
        try {
            Instant now = Instant.now();
            return Http.get(url + "/-/ready").statusCode() == 200
                    && query("sum(up)", now, now).stream()
                            .anyMatch(up -> up.at("/values/0/1").asInt() == brokers);
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** The series, each with its labels as {@code metric} and its {@code values} of each second. */
    List<JsonNode> query(String expression, Instant begin, Instant end) {
        String body = Http.get("%s/api/v1/query_range?step=1&start=%d&end=%d&query=%s"
                        .formatted(
                                url,
                                begin.getEpochSecond(),
                                end.getEpochSecond(),
                                URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                .body();
        JsonNode answer = Yaml.readAll(body).getFirst();
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalStateException("Prometheus does not take %s: %s".formatted(expression, body));
        }
        return Yaml.stream(answer.at("/data/result")).toList();
    }

    @Override
    public void close() {
        Processes.end(process, PATIENCE);
    }
}
