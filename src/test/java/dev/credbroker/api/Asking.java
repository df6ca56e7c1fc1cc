package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A client that brings tokens by the thousand, whatever characters they are of. */
final class Asking {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 10;

    private Asking() {}

    /**
     * An answer.
     *
     * @param request its id, as the audit log names it
     * @param headers without the id
     * @param body with a word in place of the id
     */
    record Told(String request, int status, Map<String, List<String>> headers, String body) {

        /** All that a client could tell this answer from another one by. */
        String everything() {
            return status + "\n" + headers + "\n" + body;
        }
    }

    /** With the token in a JSON body. */
    static Told withToken(String token) {
        return send(post(json(Map.of("role", AttackedWorld.ROLE, "token", token))));
    }

    /** The same, once the issuer's keys are there: a busy machine may need more than the second that the broker waits. */
    static Told withTokenUntilTold(String token) {
        Told told = withToken(token);
        for (int i = 1; told.status() == 503 && i < TRIES; i++) {
            told = withToken(token);
        }
        return told;
    }

    /** With any body. */
    static Told withJson(byte[] body) {
        return send(post(body));
    }

    /** For the list of roles, with the token in a header. */
    static Told rolesWithHeader(String authorization) {
        return send(at("/v1/roles").header("Authorization", authorization));
    }

    static Told withNothing() {
        return send(at("/v1/credentials/" + AttackedWorld.ROLE));
    }

    private static HttpRequest.Builder post(byte[] body) {
        return at("/v1/credentials").header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(body));
    }

    private static HttpRequest.Builder at(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path));
    }

    private static Told send(HttpRequest.Builder request) {
        String id = UUID.randomUUID().toString();
        try {
            HttpResponse<String> answer =
                    CLIENT.send(request.header("X-Request-Id", id).build(), BodyHandlers.ofString());
            Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
            headers.remove("x-request-id");
            return new Told(id, answer.statusCode(), headers, answer.body().replace(id, "ID"));
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static byte[] json(Map<String, String> members) {
        try {
            return JSON.writeValueAsString(members).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
