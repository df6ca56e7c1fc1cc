package dev.credbroker.simulator.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** What is to be sent back, before any fault of the wire spoils it. */
public record Reply(int status, Map<String, String> headers, String body) {

    private static final String CONTENT_TYPE = "Content-Type";

    public static Reply of(int status, String contentType, String body) {
        return new Reply(status, Map.of(CONTENT_TYPE, contentType), body);
    }

    public static Reply json(String body) {
        return of(200, "application/json", body);
    }

    /** Plain text, byte for byte: no newline is added, since a token with one breaks every AWS SDK. */
    public static Reply text(int status, String body) {
        return of(status, "text/plain;charset=UTF-8", body);
    }

    public Reply with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }
}
