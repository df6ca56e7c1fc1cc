package dev.credbroker.api;

import dev.credbroker.telemetry.Causes;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Answers what fails outside of the resources: what the router itself refuses, such as a Host that is none, without
 * showing it to anybody before. Quarkus' own handler would answer in another form, and write the path and the query into
 * the log, with whatever a client has put there.
 */
@ApplicationScoped
public class LastResort {

    private static final Logger LOG = Logger.getLogger(LastResort.class);

    void register(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(LastResort::answer);
    }

    /** What the client did wrong is no news; what the server did has its class and place in the log, and no message. */
    private static void answer(RoutingContext routing) {
        Optional<HttpExchange> begun = HttpExchange.begun(routing);
        HttpExchange exchange = begun.orElseGet(() -> Edge.begin(routing));
        Throwable failure = routing.failure();
        if (failure != null && !isClientsFault(routing.statusCode())) {
            LOG.errorf("request %s failed: %s", exchange.id(), Causes.of(failure));
        }
        Problem problem = problem(routing);
        // What the edge has not seen may be framed in a way that it would have refused: nothing behind it is read.
        exchange.send(begun.isPresent() ? problem : problem.andClose());
    }

    private static Problem problem(RoutingContext routing) {
        int status = routing.statusCode();
        return status == 405 ? Problem.methodNotAllowed(routing.normalizedPath()) : Problem.belowRouting(status);
    }

    private static boolean isClientsFault(int status) {
        return status >= 400 && status < 500;
    }
}
