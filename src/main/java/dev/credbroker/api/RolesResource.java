package dev.credbroker.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.smallrye.common.annotation.NonBlocking;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What an identity may take. STS is not asked. */
@Path("/v1/roles")
@NonBlocking
public class RolesResource {

    private static final Set<String> OF_BODY = Set.of(Parameters.SAML_RESPONSE, Parameters.TOKEN);

    private final Answers answers;

    public RolesResource(Answers answers) {
        this.answers = answers;
    }

    @GET
    public CompletionStage<Response> list(@Context RoutingContext routing) {
        HttpExchange exchange = HttpExchange.of(routing);
        return answers.roles(
                exchange,
                () -> ProofReader.read(
                        exchange.header(HttpHeaderNames.AUTHORIZATION),
                        Parameters.ofQuery(exchange.query(), Set.of())));
    }

    @POST
    public CompletionStage<Response> body(@Context RoutingContext routing) {
        HttpExchange exchange = HttpExchange.of(routing);
        Optional<BodyKind> kind = BodyKind.of(exchange);
        if (kind.isEmpty()) {
            return CompletableFuture.completedFuture(Answers.response(exchange, Problem.unsupportedMediaType()));
        }
        return answers.roles(exchange, () -> {
            CredentialsResource.refuseQuery(exchange);
            return ProofReader.read(
                    exchange.header(HttpHeaderNames.AUTHORIZATION), kind.get().read(exchange.body(), OF_BODY));
        });
    }
}
