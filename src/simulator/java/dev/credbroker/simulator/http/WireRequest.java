package dev.credbroker.simulator.http;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as it came over the wire.
 *
 * @param path as sent, still percent-encoded
 * @param query as sent, still percent-encoded; empty if there is none
 * @param headers by lower-case name
 */
public record WireRequest(String method, String path, String query, Map<String, List<String>> headers, String body) {

    public List<String> header(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    public Optional<String> firstHeader(String name) {
        return header(name).stream().findFirst();
    }

    /** Of the body for a POST, of the query for everything else. */
    public Form parameters() {
        return Form.parse(method.equals("POST") ? body : query);
    }
}
