package dev.credbroker.api;

import io.netty.handler.codec.http.HttpHeaderNames;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.Set;

/** What an identity may take. STS is not asked. */
@Singleton
public class RolesResource {

    private static final Set<String> OF_BODY = Set.of(Parameters.SAML_RESPONSE, Parameters.TOKEN);

    private final Answers answers;

    public RolesResource(Answers answers) {
        this.answers = answers;
    }

    void list(HttpExchange exchange) {
        answers.roles(
                exchange,
                () -> ProofReader.read(
                        exchange.header(HttpHeaderNames.AUTHORIZATION),
                        Parameters.ofQuery(exchange.query(), Set.of())));
    }

    void body(HttpExchange exchange) {
        Optional<BodyKind> kind = BodyKind.of(exchange);
        if (kind.isEmpty()) {
            exchange.send(Problem.unsupportedMediaType());
            return;
        }
        answers.roles(exchange, () -> {
            CredentialsResource.refuseQuery(exchange);
            return ProofReader.read(
                    exchange.header(HttpHeaderNames.AUTHORIZATION), kind.get().read(exchange.body(), OF_BODY));
        });
    }
}
