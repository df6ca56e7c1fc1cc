package dev.credbroker.api;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import io.quarkus.tls.CertificateUpdatedEvent;
import io.quarkus.vertx.http.runtime.HttpCertificateUpdateEventListener;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Lets new connections wait while the server takes over certificates that were read again. Until Vert.x has built the
 * new TLS context it has none, and drops whoever comes; so nobody is accepted in these milliseconds, and the kernel's
 * queue keeps those who come.
 */
@Singleton
@Alternative
@Priority(1)
public class CertificateRenewal extends HttpCertificateUpdateEventListener {

    /** Should anything be stuck, a few connections that are dropped are better than none that are accepted. */
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    private final VertxInternal vertx;

    CertificateRenewal(Vertx vertx) {
        this.vertx = (VertxInternal) vertx;
    }

    @Override
    public synchronized void onCertificateUpdate(@Observes CertificateUpdatedEvent event) throws InterruptedException {
        ScheduledFuture<?> end = GlobalEventExecutor.INSTANCE.schedule(
                ConnectionGuard::resumeAccepting, LONGEST_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ConnectionGuard.pauseAccepting();
            for (EventExecutor loop : vertx.getEventLoopGroup()) {
                awaitTurn(loop);
            }
            super.onCertificateUpdate(event);
        } finally {
            var _ = end.cancel(false);
            ConnectionGuard.resumeAccepting();
        }
    }

    /** When it returns, what was accepted before and given to this loop has its TLS context; unless the loop is stuck. */
    static void awaitTurn(EventExecutor loop) throws InterruptedException {
        var _ = loop.submit(() -> {}).await(LONGEST_PAUSE.toMillis());
    }
}
