package dev.credbroker.api;

import dev.credbroker.outcome.Refusal.Malformed;
import io.netty.handler.codec.http.HttpHeaderNames;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** Sessions for roles. */
@Singleton
public class CredentialsResource {

    /** The parameter of the path. */
    static final String ROLE = "role";

    private static final Set<String> OF_NAMED = Set.of(Parameters.DURATION, Parameters.MIN_REMAINING);
    private static final Set<String> OF_QUERY = Set.of(Parameters.ROLE, Parameters.DURATION, Parameters.MIN_REMAINING);
    private static final Set<String> OF_BODY = Set.of(
            Parameters.ROLE, Parameters.DURATION, Parameters.MIN_REMAINING, Parameters.SAML_RESPONSE, Parameters.TOKEN);

    private final Answers answers;

    public CredentialsResource(Answers answers) {
        this.answers = answers;
    }

    void query(HttpExchange exchange) {
        fromQuery(exchange, Optional.empty(), OF_QUERY);
    }

    void named(HttpExchange exchange) {
        fromQuery(exchange, exchange.pathParameter(ROLE), OF_NAMED);
    }

    void body(HttpExchange exchange) {
        Optional<BodyKind> kind = BodyKind.of(exchange);
        if (kind.isEmpty()) {
            exchange.send(Problem.unsupportedMediaType());
            return;
        }
        answers.credentials(exchange, () -> {
            refuseNavigation(exchange);
            refuseQuery(exchange);
            return RequestReader.read(
                    exchange.id(),
                    Optional.empty(),
                    kind.get().read(exchange.body(), OF_BODY),
                    exchange.header(HttpHeaderNames.AUTHORIZATION));
        });
    }

    private void fromQuery(HttpExchange exchange, Optional<String> role, Set<String> known) {
        answers.credentials(exchange, () -> {
            refuseNavigation(exchange);
            return RequestReader.read(
                    exchange.id(),
                    role,
                    Parameters.ofQuery(exchange.query(), known),
                    exchange.header(HttpHeaderNames.AUTHORIZATION));
        });
    }

    /** Keys are not for pages: a browser that follows a link here would show them (Fetch Metadata, Sec-Fetch-Mode). */
    private static void refuseNavigation(HttpExchange exchange) throws Unreadable {
        if (exchange.header("Sec-Fetch-Mode").contains("navigate")) {
            throw new Unreadable(new Malformed("navigation", "credentials are not shown to browsers"));
        }
    }

    /** In a POST all parameters stand in the body, so that none can be said twice. */
    static void refuseQuery(HttpExchange exchange) throws Unreadable {
        if (!exchange.query().isEmpty()) {
            throw new Unreadable(new Malformed("query-in-post", "put all parameters into the body"));
        }
    }
}
