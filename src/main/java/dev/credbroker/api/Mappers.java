package dev.credbroker.api;

import dev.credbroker.telemetry.Causes;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What the resources do not answer themselves: wrong paths, wrong methods, and what nobody foresaw. */
public class Mappers {

    private static final Logger LOG = Logger.getLogger(Mappers.class);

    @ServerExceptionMapper
    public Response unrouted(WebApplicationException e, RoutingContext routing) {
        HttpExchange exchange = HttpExchange.of(routing);
        return switch (e.getResponse().getStatus()) {
            case 404 -> Answers.response(exchange, Problem.notFound());
            case 405 -> Answers.response(exchange, Problem.methodNotAllowed(routing.normalizedPath()));
            case 415 -> Answers.response(exchange, Problem.unsupportedMediaType());
            default -> unforeseen(e, routing);
        };
    }

    /** The place that catches the rest. The log has the class and the place, never the message: it may quote a token. */
    @ServerExceptionMapper
    public Response unforeseen(Throwable e, RoutingContext routing) {
        HttpExchange exchange = HttpExchange.of(routing);
        LOG.errorf("request %s failed: %s", exchange.id(), Causes.of(e));
        return Answers.response(exchange, Problem.internalError());
    }
}
