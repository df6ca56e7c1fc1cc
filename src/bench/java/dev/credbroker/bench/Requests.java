package dev.credbroker.bench;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** Requests as bytes. */
final class Requests {

    private Requests() {}

    static byte[] get(String target, String token) {
        return get(target, "Authorization", "Bearer " + token);
    }

    static byte[] get(String target, String header, String value) {
        return bytes("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + header + ": " + value + "\r\n\r\n");
    }

    static byte[] post(String target, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return post(target, "application/x-www-form-urlencoded", body);
    }

    static byte[] post(String target, String contentType, String body) {
        return bytes("POST " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
