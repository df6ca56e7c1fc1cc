package dev.credbroker.api;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Marks connections that end with the answer under way. Whatever has arrived behind that request is not run: where a
 * request's own end was in doubt, nobody knows whose it would be.
 */
final class Ending {

    private static final AttributeKey<Boolean> MARK = AttributeKey.valueOf(Ending.class, "mark");

    private Ending() {}

    static void mark(HttpConnection connection) {
        if (connection instanceof ConnectionBase base) {
            mark(base.channel());
        }
    }

    static void mark(Channel channel) {
        channel.attr(MARK).set(true);
    }

    static boolean marked(HttpConnection connection) {
        return connection instanceof ConnectionBase base && base.channel().hasAttr(MARK);
    }
}
