package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/** The running broker's audit log, read as it grows. */
final class AuditTrail {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final BufferedReader log = open();
    private final StringBuilder unfinished = new StringBuilder();

    /** The line of one request, of those that are asked for in turn. It is written at about the time of the answer. */
    JsonNode line(String request) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            String line = nextLine();
            if (line.contains("\"request\":\"" + request + "\"")) {
                return json(line);
            }
        }
        throw new AssertionError("no line about request " + request);
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a line that is no JSON", e);
        }
    }

    /** Empty while there is none. */
    private String nextLine() {
        try {
            for (int next = log.read(); next >= 0; next = log.read()) {
                if (next == '\n') {
                    String line = unfinished.toString();
                    unfinished.setLength(0);
                    return line;
                }
                unfinished.append((char) next);
            }
            Thread.onSpinWait();
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader open() {
        try {
            return Files.newBufferedReader(RunningWorld.audit());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
