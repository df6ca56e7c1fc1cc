package dev.credbroker.api;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpResponseEncoder;

/**
 * Guards each connection that the server accepts, below Vert.x and Quarkus, which have no hook so early: Netty finds
 * this class by its service file, once {@link #install} has been called.
 */
public final class ConnectionGuard extends ChannelInitializerExtension {

    /** To be called before the first server listens; later it does nothing. */
    static void install() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new HeadDeadline(Limits.HEAD_TIME), new Completion());
    }

    /** Waits for the HTTP codec, which with TLS is there only after the handshake, and completes the pipeline then. */
    private static final class Completion extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
            if (encoder != null) {
                context.pipeline().addAfter(encoder.name(), null, new BelowRouting());
                context.pipeline().remove(this);
            }
            context.fireChannelRead(bytes);
        }
    }
}
