package dev.credbroker.bench;

import dev.credbroker.packaged.AotCache;
import dev.credbroker.packaged.Http;
import dev.credbroker.packaged.PackagedBroker;
import dev.credbroker.packaged.SimulatedWorld;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** From the start of the process to its first answer, and to its first session. */
final class Starts {

    private static final byte[] ANYTHING =
            "GET /v1/roles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Settings settings;

    Starts(Settings settings) {
        this.settings = settings;
    }

    void measure(Report report) {
        report.table(
                "Start: medians of %d (least to most)".formatted(settings.runs()),
                "how",
                "first answer, ms",
                "first session, ms",
                "wanted");
        AotCache.train();
        try (SimulatedWorld world = new SimulatedWorld()) {
            world.awaitReady();
            row(report, world, "without AOT cache", "");
            row(report, world, "with AOT cache", "first answer within 1,000", "-XX:AOTCache=" + AotCache.FILE);
        }
    }

    private void row(Report report, SimulatedWorld world, String how, String wanted, String... options) {
        List<Double> answers = new ArrayList<>();
        List<Double> sessions = new ArrayList<>();
        String token = world.token("alice").sign();
        List<String> jvm = new ArrayList<>(List.of("-XX:TieredStopAtLevel=4"));
        Collections.addAll(jvm, options);
        for (int run = 0; run < settings.runs(); run++) {
            long start = System.nanoTime();
            try (PackagedBroker broker = world.another(jvm.toArray(String[]::new))) {
                awaitAnswer(Measured.port(broker.url()));
                answers.add((System.nanoTime() - start) / 1e6);
                awaitSession(broker.url(), token);
                sessions.add((System.nanoTime() - start) / 1e6);
            }
        }
        report.row(how, told(answers), told(sessions), wanted);
    }

    private static void awaitAnswer(int port) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!answers(port)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no answer in " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static boolean answers(int port) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write(ANYTHING);
            InputStream answer = socket.getInputStream();
            return answer.read() == 'H';
        } catch (IOException _) {
            return false;
        }
    }

    private static void awaitSession(String url, String token) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (Http.get(url + Measured.HIT, "Authorization", "Bearer " + token).statusCode() != 200) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("no session in " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static String told(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return "%s (%s to %s)"
                .formatted(
                        Report.number(sorted.get(sorted.size() / 2)),
                        Report.number(sorted.getFirst()),
                        Report.number(sorted.getLast()));
    }
}
