package dev.credbroker.api;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ServerChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.ImmediateEventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Guards each connection that the server accepts, below Vert.x and Quarkus, which have no hook so early: Netty finds
 * this class by its service file, once {@link #install} has been called.
 */
public final class ConnectionGuard extends ChannelInitializerExtension {

    private static final ChannelGroup LISTENERS = new DefaultChannelGroup(ImmediateEventExecutor.INSTANCE);

    /** To be called before the first server listens; later it does nothing. */
    static void install() {
        System.setProperty(EXTENSIONS_SYSTEM_PROPERTY, "serviceload");
    }

    /** When it returns, each connection that was accepted has been given to its event loop, and no more will be. */
    static void pauseAccepting() throws InterruptedException {
        for (Channel listener : LISTENERS) {
            listener.config().setAutoRead(false);
            CertificateRenewal.awaitTurn(listener.eventLoop());
        }
    }

    static void resumeAccepting() {
        LISTENERS.forEach(listener -> listener.config().setAutoRead(true));
    }

    @Override
    public void postInitializeServerListenerChannel(ServerChannel listener) {
        LISTENERS.add(listener);
    }

    @Override
    public void postInitializeServerChildChannel(Channel connection) {
        connection.pipeline().addFirst(new HeadDeadline(Limits.HEAD_TIME), new Completion());
    }

    /**
     * Waits for the HTTP codec and completes the pipeline then. With TLS the codec is there only after the handshake, and
     * the first request may have come in one piece with the handshake's end: so this waits behind TLS, where nothing
     * arrives before the codec is there.
     */
    static final class Completion extends ChannelInboundHandlerAdapter {

        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            ChannelHandlerContext encoder = context.pipeline().context(HttpResponseEncoder.class);
            ChannelHandlerContext tls = tls(context.pipeline());
            if (encoder != null) {
                context.pipeline().addAfter(encoder.name(), null, new BelowRouting());
                context.pipeline().remove(this);
            } else if (tls != null) {
                context.pipeline().addAfter(tls.name(), null, new Completion());
                context.pipeline().remove(this);
            }
            context.fireChannelRead(bytes);
        }

        /** Where a name chooses the certificate, its handler comes first, and TLS takes its place. */
        private static @Nullable ChannelHandlerContext tls(ChannelPipeline pipeline) {
            ChannelHandlerContext tls = pipeline.context(SslHandler.class);
            return tls == null ? pipeline.context(AbstractSniHandler.class) : tls;
        }
    }
}
