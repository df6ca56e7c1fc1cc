package dev.credbroker.api;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection on which the head of a request is not there in time: counted from the opening of the connection,
 * and for later requests from the head's first byte. A byte now and then, which keeps an idle timeout from ever ending,
 * does not extend it.
 *
 * <p>Of one connection, and used on its event loop only.
 */
final class HeadDeadline extends ChannelInboundHandlerAdapter {

    private final Duration most;
    private @Nullable Future<?> end;
    private boolean answering;

    HeadDeadline(Duration most) {
        this.most = most;
    }

    /** To be called as soon as the head of a request is there. */
    static void met(RoutingContext routing) {
        of(routing).ifPresent(deadline -> {
            deadline.headArrived();
            var _ = routing.addEndHandler(_ -> deadline.answered());
        });
    }

    /** Absent where Netty's extensions are off, as in the tests that run within Quarkus' own class loaders. */
    private static Optional<HeadDeadline> of(RoutingContext routing) {
        return routing.request().connection() instanceof ConnectionBase connection
                ? Optional.ofNullable(connection.channel().pipeline().get(HeadDeadline.class))
                : Optional.empty();
    }

    void headArrived() {
        stop();
        answering = true;
    }

    void answered() {
        answering = false;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        begin(context);
        context.fireChannelActive();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object bytes) {
        if (end == null && !answering) {
            begin(context);
        }
        context.fireChannelRead(bytes);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        stop();
        context.fireChannelInactive();
    }

    private void begin(ChannelHandlerContext context) {
        Runnable close = () -> {
            var _ = context.close();
        };
        end = context.executor().schedule(close, most.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void stop() {
        if (end != null) {
            var _ = end.cancel(false);
            end = null;
        }
    }
}
