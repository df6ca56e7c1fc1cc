package dev.credbroker.bare;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** The same constant from below Quarkus REST, with and without an audit line. */
@ApplicationScoped
public class BareRoute {

    private final Constant constant;

    public BareRoute(Constant constant) {
        this.constant = constant;
    }

    void register(@Observes Router router) {
        router.get("/bare-route/constant").handler(routing -> {
            var _ = routing.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(constant.body()));
        });
        router.get("/bare-route/audited").handler(routing -> {
            var _ = routing.response()
                    .putHeader("Content-Type", "application/json")
                    .end(Buffer.buffer(constant.audited()));
        });
    }
}
