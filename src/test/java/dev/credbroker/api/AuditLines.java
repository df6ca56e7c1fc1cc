package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** The running broker's audit log, which is written a moment after it was decided what it says. */
final class AuditLines {

    /** Long, so that a busy machine does not fail the tests. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final ObjectMapper JSON = new ObjectMapper();

    private AuditLines() {}

    /** The one line of a request. */
    static JsonNode of(String requestId) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        List<String> lines = find(requestId);
        while (lines.isEmpty() && System.nanoTime() - deadline < 0) {
            Thread.yield();
            lines = find(requestId);
        }
        assertThat(lines).hasSize(1);
        return parsed(lines.getFirst());
    }

    private static List<String> find(String requestId) {
        try (var lines = Files.lines(RunningWorld.audit())) {
            return lines.filter(line -> line.contains("\"request\":\"" + requestId + "\""))
                    .filter(line -> line.endsWith("}"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parsed(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
