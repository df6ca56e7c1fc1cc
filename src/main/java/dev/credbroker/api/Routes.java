package dev.credbroker.api;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** What is answered where. */
@ApplicationScoped
public class Routes {

    private final Map<Operation, Consumer<HttpExchange>> served;

    /** @param path as Vert.x writes one, with {@code :name} for a parameter */
    record Operation(HttpMethod method, String path) {}

    public Routes(CredentialsResource credentials, RolesResource roles, ContractResource contract) {
        served = Map.of(
                new Operation(HttpMethod.GET, "/v1/credentials"), credentials::query,
                new Operation(HttpMethod.POST, "/v1/credentials"), credentials::body,
                new Operation(HttpMethod.GET, "/v1/credentials/:" + CredentialsResource.ROLE), credentials::named,
                new Operation(HttpMethod.GET, "/v1/roles"), roles::list,
                new Operation(HttpMethod.POST, "/v1/roles"), roles::body,
                new Operation(HttpMethod.GET, "/openapi.yaml"), contract::contract);
    }

    Set<Operation> operations() {
        return served.keySet();
    }

    void register(@Observes Router router) {
        served.forEach((operation, answer) -> router.route(operation.method(), operation.path())
                .handler(routing -> answer.accept(HttpExchange.of(routing))));
        served.keySet().stream()
                .map(Operation::path)
                .distinct()
                .forEach(path -> router.route(path)
                        .handler(routing ->
                                HttpExchange.of(routing).send(Problem.methodNotAllowed(routing.normalizedPath()))));
        router.route().last().handler(routing -> HttpExchange.of(routing).send(Problem.notFound()));
    }
}
