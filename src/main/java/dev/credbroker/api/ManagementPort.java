package dev.credbroker.api;

import dev.credbroker.telemetry.CorrelationId;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * The port of health and metrics. Quarkus answers every origin there with {@code Access-Control-Allow-Origin: *}, so that
 * any page in a browser that reaches the port, through a tunnel to {@code localhost} say, could read who is trusted and
 * how it goes. No page needs it.
 */
@ApplicationScoped
public class ManagementPort {

    /**
     * In the same place as Quarkus' own handler of origins, and so behind it. Its handler of failures shows a page, and logs
     * the path.
     */
    void register(@Observes ManagementInterface management) {
        management
                .router()
                .route()
                .order(Integer.MIN_VALUE)
                .handler(ManagementPort::meet)
                .failureHandler(ManagementPort::fail);
    }

    /** Its connections are guarded like the others; its answers have a name, so that nothing below takes them for its own. */
    private static void meet(RoutingContext routing) {
        HeadDeadline.met(routing);
        routing.response()
                .putHeader(Edge.REQUEST_ID, CorrelationId.random().text())
                .headers()
                .remove(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN);
        routing.next();
    }

    private static void fail(RoutingContext routing) {
        int status = routing.statusCode();
        routing.response().setStatusCode(status < 400 ? 500 : status).end();
    }
}
