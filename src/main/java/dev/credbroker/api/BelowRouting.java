package dev.credbroker.api;

import dev.credbroker.telemetry.CorrelationId;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Optional;

/**
 * Answers what never gets as far as a route with the body that every other error has. The server below says nothing to
 * chunks that are malformed, and answers heads that are malformed or far too large, and targets that are no path, with a
 * bare status or a page of its own. The connection ends with such an answer.
 */
final class BelowRouting extends ChannelDuplexHandler {

    /** Requests of one connection that await their answers; no client of the broker's has more than one. */
    static final int MOST_AWAITING = 16;

    private int awaiting;
    private boolean answered;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest && overwhelms(context)) {
            ReferenceCountUtil.release(message);
            end(context);
            var _ = context.close();
        } else if (isMalformedContent(message)) {
            ReferenceCountUtil.release(message);
            if (awaiting > 1) {
                end(context);
                var _ = context.close(); // The client would take it for the answer to an earlier request.
                return;
            }
            var _ = context.writeAndFlush(response(HttpVersion.HTTP_1_1, Problem.malformed()))
                    .addListener(ChannelFutureListener.CLOSE);
            end(context);
        } else {
            context.fireChannelRead(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof LastHttpContent && !isInformational(message)) {
            awaiting--;
        }
        if (answered && message instanceof HttpResponse) {
            ReferenceCountUtil.release(message); // The answer to a request behind one that has ended the connection.
            promise.setFailure(new ClosedChannelException());
        } else if (message instanceof FullHttpResponse bare && isError(bare) && !isOurs(bare)) {
            ReferenceCountUtil.release(bare);
            Problem problem = Problem.belowRouting(bare.status().code());
            var _ = context.write(response(bare.protocolVersion(), problem), promise.unvoid())
                    .addListener(ChannelFutureListener.CLOSE);
            end(context);
        } else {
            var _ = context.write(message, promise);
        }
    }

    /**
     * Whoever sends on without waiting for answers, or without reading them, would have the server below keep them all.
     * Closed at once: a close that waits for what is unread would wait for ever.
     */
    private boolean overwhelms(ChannelHandlerContext context) {
        awaiting++;
        return answered || awaiting > MOST_AWAITING || !context.channel().isWritable();
    }

    private static boolean isInformational(Object message) {
        return message instanceof HttpResponse response
                && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    }

    private void end(ChannelHandlerContext context) {
        answered = true;
        Ending.mark(context.channel());
    }

    /** A head that is malformed is content, too, for the codec below; the server answers that one itself. */
    private static boolean isMalformedContent(Object message) {
        return message instanceof HttpContent content
                && !(message instanceof HttpRequest)
                && content.decoderResult().isFailure();
    }

    private static boolean isError(FullHttpResponse response) {
        return response.status().code() >= HttpResponseStatus.BAD_REQUEST.code();
    }

    /** {@link Edge} names every exchange that it sees. */
    private static boolean isOurs(FullHttpResponse response) {
        return response.headers().contains(Edge.REQUEST_ID);
    }

    private static FullHttpResponse response(HttpVersion version, Problem problem) {
        CorrelationId id = CorrelationId.random();
        Answer answer = problem.answer(id, Optional.empty());
        FullHttpResponse response = new DefaultFullHttpResponse(
                version, HttpResponseStatus.valueOf(answer.status()), Unpooled.wrappedBuffer(answer.body()));
        answer.headers().forEach(response.headers()::set);
        response.headers()
                .set(Edge.REQUEST_ID, id.text())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length)
                .set(HttpHeaderNames.CONNECTION, "close");
        return response;
    }
}
