package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credbroker.telemetry.CorrelationId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One body for people, for readers of RFC 9457 and for every AWS SDK: Go reads {@code code} and {@code message}, JS
 * {@code Code} and {@code Message}. It holds what is written here and nothing that a caller or a library wrote.
 *
 * @param retryable whether the same request may succeed later
 * @param headers beyond those that every answer has
 * @param details members beyond those that every problem has
 */
record Problem(
        int status,
        String code,
        String title,
        String detail,
        boolean retryable,
        Map<String, String> headers,
        Map<String, Object> details) {

    private static final Map<String, String> CLOSE = Map.of("Connection", "close");
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String PROBLEM_JSON = "application/problem+json";

    static Problem of(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, false, Map.of(), Map.of());
    }

    /** What two readers could understand in two ways, or not at all. */
    static Problem malformed() {
        return closing(
                400,
                "InvalidRequest",
                "The request is not well-formed HTTP",
                "Send HTTP/1.1 with one Host, and a body only in a POST, with Content-Length or in chunks.");
    }

    /** Too much at once, whoever it comes from. */
    static Problem busy() {
        return new Problem(
                503,
                "ServiceUnavailable",
                "The broker cannot take this now",
                "Ask again in a second.",
                true,
                Map.of("Connection", "close", "Retry-After", "1"),
                Map.of());
    }

    /** The problem behind a status that was answered without a body, before any routing. */
    static Problem belowRouting(int status) {
        return switch (status) {
            case 404 -> notFound();
            case 413 -> requestTooLarge();
            case 414 -> uriTooLong();
            case 431 -> headersTooLarge();
            case 503 -> busy();
            default -> status < 500 ? malformed() : internalError();
        };
    }

    static Problem notFound() {
        return of(
                404, "NotFound", "There is nothing here", "Ask /v1/credentials or /v1/roles; /openapi.yaml says how.");
    }

    /** @param path normalised; those of one role, and the contract, are served for GET only */
    static Problem methodNotAllowed(String path) {
        boolean getOnly = path.startsWith("/v1/credentials/") || path.equals("/openapi.yaml");
        return new Problem(
                405,
                "MethodNotAllowed",
                "This method is not served",
                getOnly
                        ? "Use GET; what stands in a body goes to POST /v1/credentials, with role in the body."
                        : "Use GET or POST as /openapi.yaml says.",
                false,
                Map.of("Allow", getOnly ? "GET" : "GET, POST"),
                Map.of());
    }

    static Problem requestTimeout() {
        return new Problem(
                408,
                "RequestTimeout",
                "The request took too long",
                "Send the whole body within %d seconds.".formatted(Limits.BODY_TIME.toSeconds()),
                true,
                CLOSE,
                Map.of());
    }

    static Problem requestTooLarge() {
        return closing(
                413, "RequestTooLarge", "The body is too large", "Send at most %d bytes.".formatted(Limits.BODY));
    }

    static Problem uriTooLong() {
        return closing(
                414,
                "UriTooLong",
                "The request line is too long",
                "Send at most %d bytes, or the parameters in a POST.".formatted(Limits.REQUEST_LINE));
    }

    static Problem unsupportedMediaType() {
        return of(
                415,
                "UnsupportedMediaType",
                "The body is of a kind that is not read",
                "Send application/json or application/x-www-form-urlencoded, in UTF-8 and without Content-Encoding.");
    }

    static Problem headersTooLarge() {
        return closing(
                431,
                "HeadersTooLarge",
                "The header fields are too large",
                "Send at most %d bytes of them.".formatted(Limits.HEAD));
    }

    static Problem internalError() {
        return of(500, "InternalError", "The broker could not answer", "Tell its operator the request id.");
    }

    /** What is too large is not read to its end, so that the connection cannot be used again. */
    private static Problem closing(int status, String code, String title, String detail) {
        return new Problem(status, code, title, detail, false, CLOSE, Map.of());
    }

    /** The same, with which the connection ends. */
    Problem andClose() {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(CLOSE);
        return new Problem(status, code, title, detail, retryable, all, details);
    }

    /** Whether the connection ends with the answer. */
    boolean closes() {
        return headers.entrySet().containsAll(CLOSE.entrySet());
    }

    /**
     * The answer. {@code application/problem+json} where {@code Accept} names it; else exactly {@code application/json},
     * without parameters, since the AWS SDK for Go reads nothing else.
     */
    Answer answer(CorrelationId id, Optional<String> accept) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(
                "Content-Type",
                accept.filter(Problem::asksForProblem).isPresent() ? PROBLEM_JSON : CredentialsJson.MEDIA_TYPE);
        return new Answer(status, all, body(id));
    }

    private static boolean asksForProblem(String accept) {
        return accept.toLowerCase(Locale.ROOT).contains(PROBLEM_JSON);
    }

    private byte[] body(CorrelationId id) {
        ObjectNode body = JSON.createObjectNode();
        body.put("type", "urn:credential-broker:problem:" + code);
        body.put("title", title);
        body.put("status", status);
        body.put("detail", detail);
        body.put("code", code);
        body.put("message", detail);
        body.put("Code", code);
        body.put("Message", detail);
        body.put("requestId", id.text());
        body.put("retryable", retryable);
        details.forEach((name, value) -> body.set(name, JSON.valueToTree(value)));
        try {
            return JSON.writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a tree of texts and numbers can always be written", e);
        }
    }
}
