package dev.credbroker.api;

import dev.credbroker.outcome.Refusal.Malformed;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sessions for roles. */
@Path("/v1/credentials")
@NonBlocking
public class CredentialsResource {

    private static final Set<String> OF_NAMED = Set.of(Parameters.DURATION, Parameters.MIN_REMAINING);
    private static final Set<String> OF_QUERY = Set.of(Parameters.ROLE, Parameters.DURATION, Parameters.MIN_REMAINING);
    private static final Set<String> OF_BODY = Set.of(
            Parameters.ROLE, Parameters.DURATION, Parameters.MIN_REMAINING, Parameters.SAML_RESPONSE, Parameters.TOKEN);

    private final Answers answers;

    public CredentialsResource(Answers answers) {
        this.answers = answers;
    }

    @GET
    public CompletionStage<Response> query(@Context RoutingContext routing) {
        return fromQuery(HttpExchange.of(routing), Optional.empty(), OF_QUERY);
    }

    @GET
    @Path("{role}")
    public CompletionStage<Response> named(@PathParam("role") String role, @Context RoutingContext routing) {
        return fromQuery(HttpExchange.of(routing), Optional.of(role), OF_NAMED);
    }

    @POST
    public CompletionStage<Response> body(@Context RoutingContext routing) {
        HttpExchange exchange = HttpExchange.of(routing);
        Optional<BodyKind> kind = BodyKind.of(exchange);
        if (kind.isEmpty()) {
            return CompletableFuture.completedFuture(Answers.response(exchange, Problem.unsupportedMediaType()));
        }
        return answers.credentials(exchange, () -> {
            refuseNavigation(exchange);
            refuseQuery(exchange);
            return RequestReader.read(
                    exchange.id(),
                    Optional.empty(),
                    kind.get().read(exchange.body(), OF_BODY),
                    exchange.header(HttpHeaderNames.AUTHORIZATION));
        });
    }

    private CompletionStage<Response> fromQuery(HttpExchange exchange, Optional<String> role, Set<String> known) {
        return answers.credentials(exchange, () -> {
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
