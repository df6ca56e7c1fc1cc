package dev.credbroker.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The kinds of body that are read, all of them as UTF-8. Parameters of the media type are accepted and mean nothing. */
enum BodyKind {
    JSON,
    FORM;

    /** The kind that the header fields name; absent for all that is not read. */
    static Optional<BodyKind> of(HttpExchange exchange) {
        List<String> types = exchange.header(HttpHeaderNames.CONTENT_TYPE);
        if (types.size() != 1
                || !exchange.header(HttpHeaderNames.CONTENT_ENCODING).isEmpty()) {
            return Optional.empty();
        }
        String essence = types.getFirst().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
        return switch (essence) {
            case "application/json" -> Optional.of(JSON);
            case "application/x-www-form-urlencoded" -> Optional.of(FORM);
            default -> Optional.empty();
        };
    }

    /** @throws Unreadable if the body is not what it says it is */
    Parameters read(byte[] body, Set<String> known) throws Unreadable {
        return switch (this) {
            case JSON -> Parameters.ofJson(body, known);
            case FORM -> Parameters.ofForm(body, known);
        };
    }
}
