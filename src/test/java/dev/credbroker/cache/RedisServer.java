package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.credbroker.configuration.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A real Redis server on a loopback port of its own, that writes nothing to disk. */
public final class RedisServer implements AutoCloseable {

    private static final List<Path> PLACES = List.of(
            Path.of("/usr/bin/redis-server"),
            Path.of("/usr/bin/valkey-server"),
            Path.of("/usr/local/bin/redis-server"));

    private final int port;
    private final Path directory;
    private final List<String> settings;
    private Process process;

    private RedisServer(int port, Path directory, List<String> settings) throws IOException {
        this.port = port;
        this.directory = directory;
        this.settings = settings;
        this.process = begin();
    }

    /** Skips the test, and says why, where none is installed. */
    public static RedisServer start(Path directory, String... settings) throws IOException {
        return start(directory, "--port", List.of(settings));
    }

    /** The same, but it speaks TLS. */
    static RedisServer startSecured(Path directory, ServerCertificate certificate) throws Exception {
        List<String> settings = List.of(
                "--port",
                "0",
                "--tls-cert-file",
                certificate.certificate().toString(),
                "--tls-key-file",
                certificate.key().toString(),
                "--tls-auth-clients",
                "no");
        return start(directory, "--tls-port", settings);
    }

    private static RedisServer start(Path directory, String portSetting, List<String> settings) throws IOException {
        assumeTrue(
                PLACES.stream().anyMatch(Files::isExecutable),
                "SKIPPED: no redis-server on this machine (apt-get install redis-server)");
        int port = freePort();
        List<String> all = new ArrayList<>(settings);
        all.addAll(List.of(portSetting, Integer.toString(port)));
        return new RedisServer(port, directory, all).await();
    }

    public int port() {
        return port;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process begin() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                PLACES.stream()
                        .filter(Files::isExecutable)
                        .findFirst()
                        .orElseThrow()
                        .toString(),
                "--bind",
                "127.0.0.1",
                "--dir",
                directory.toString(),
                "--save",
                "",
                "--appendonly",
                "no"));
        command.addAll(settings);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("redis.log").toFile())
                .start();
    }

    /** Until it listens. */
    private RedisServer await() throws IOException {
        while (process.isAlive()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return this;
            } catch (IOException e) {
                Thread.onSpinWait();
            }
        }
        throw new IOException(Files.readString(directory.resolve("redis.log")));
    }

    /** Without a word to anybody. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void startAgain() throws IOException {
        process = begin();
        await();
    }

    /** It keeps its connections, and answers nobody. */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    /** What {@code redis-cli} would be told, in a line or more. */
    String command(String... words) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
            for (String word : words) {
                text.append('$')
                        .append(word.length())
                        .append("\r\n")
                        .append(word)
                        .append("\r\n");
            }
            text.append("*1\r\n$4\r\nQUIT\r\n");
            socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    /** The names of all that it holds. */
    List<String> names() throws IOException {
        return Stream.of(command("KEYS", "*").split("\r\n"))
                .filter(line -> line.startsWith("credential-broker:"))
                .toList();
    }

    @Override
    public void close() throws Exception {
        process.destroyForcibly().waitFor();
    }
}
