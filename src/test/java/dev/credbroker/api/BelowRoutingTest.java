package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BelowRoutingTest {

    private final EmbeddedChannel connection = new EmbeddedChannel(new BelowRouting());

    @ParameterizedTest
    @CsvSource({
        "400, 400, InvalidRequest",
        "404, 404, NotFound",
        "413, 413, RequestTooLarge",
        "414, 414, UriTooLong",
        "417, 400, InvalidRequest",
        "431, 431, HeadersTooLarge",
        "500, 500, InternalError",
        "503, 503, ServiceUnavailable"
    })
    void error_withoutABody_isToldAndEndsTheConnection(int bare, int status, String code) {
        FullHttpResponse sent = answerTo(response(bare, ""));

        assertThat(sent.status().code()).isEqualTo(status);
        assertThat(text(sent)).contains("\"code\":\"" + code + "\"");
        assertThat(sent.headers().get("Content-Type")).isEqualTo("application/json");
        assertThat(sent.headers().get("Cache-Control")).isEqualTo("no-store");
        assertThat(text(sent)).contains(sent.headers().get("X-Request-Id"));
        assertThat(sent.headers().getInt("Content-Length"))
                .isEqualTo(sent.content().readableBytes());
        assertThat(connection.isOpen()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>a page of the server's own</html>", "{\"details\":\"Error id 1\",\"stack\":\"\"}"})
    void error_withABodyOfTheServersOwn_isToldInstead(String body) {
        assertThat(text(answerTo(response(400, body))))
                .contains("InvalidRequest")
                .doesNotContain(body);
    }

    @Test
    void error_ofANamedExchange_passesAsItIs() {
        FullHttpResponse ours = response(405, "");
        ours.headers().set("X-Request-Id", "a");

        assertThat(answerTo(ours)).isSameAs(ours);
        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void success_withoutABody_passesAsItIs() {
        FullHttpResponse empty = response(204, "");

        assertThat(answerTo(empty)).isSameAs(empty);
    }

    @Test
    void content_malformed_is400AndGoesNoFurther() {
        HttpContent content = malformed();

        boolean handedOn = connection.writeInbound(content);

        assertThat(handedOn).isFalse();
        FullHttpResponse sent = connection.readOutbound();
        assertThat(sent.status()).isEqualTo(HttpResponseStatus.BAD_REQUEST);
        assertThat(text(sent)).contains("InvalidRequest");
        assertThat(connection.isOpen()).isFalse();
        assertThat(content.refCnt()).isZero();
    }

    @Test
    void requests_awaitingTheirAnswers_areSoManyAtMost() {
        for (int i = 0; i < BelowRouting.MOST_AWAITING; i++) {
            assertThat(connection.writeInbound(request())).isTrue();
        }
        assertThat(connection.isOpen()).isTrue();

        var _ = connection.writeInbound(request());

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void requests_eachAnsweredBeforeTheNext_areAsManyAsTheClientLikes() {
        for (int i = 0; i < 3 * BelowRouting.MOST_AWAITING; i++) {
            assertThat(connection.writeInbound(request())).isTrue();
            assertThat(connection.writeOutbound(response(100, ""), response(200, "")))
                    .isTrue();
        }

        assertThat(connection.isOpen()).isTrue();
    }

    /** One at a time, so that nothing else gives them away. */
    @Test
    void answers_thatAreNotRead_endTheConnectionAtTheNextRequest() {
        connection.unsafe().outboundBuffer().setUserDefinedWritability(1, false);

        var _ = connection.writeInbound(request());

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void content_malformedBehindARequestThatAwaits_isNotAnsweredInItsPlace() {
        var _ = connection.writeInbound(request(), request(), malformed());

        assertThat(connection.<Object>readOutbound()).isNull();
        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void head_malformed_isLeftToTheServer() {
        FullHttpRequest head = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/bad-request");
        head.setDecoderResult(DecoderResult.failure(new IllegalArgumentException()));

        assertThat(connection.writeInbound(head)).isTrue();
    }

    @Test
    void answer_behindOneThatEndsTheConnection_isNotSent() {
        var _ = connection.writeOneOutbound(response(400, ""));
        FullHttpResponse session = response(200, "keys");

        ChannelFuture sent = connection.writeOneOutbound(session);

        assertThat(sent.cause()).isInstanceOf(ClosedChannelException.class);
        assertThat(session.refCnt()).isZero();
    }

    @Test
    void content_wellFormed_isHandedOn() {
        assertThat(connection.writeInbound(new DefaultHttpContent(Unpooled.buffer())))
                .isTrue();
    }

    private static HttpRequest request() {
        return new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/v1/roles");
    }

    private static HttpContent malformed() {
        HttpContent content = new DefaultHttpContent(Unpooled.buffer());
        content.setDecoderResult(DecoderResult.failure(new IllegalArgumentException()));
        return content;
    }

    private FullHttpResponse answerTo(FullHttpResponse response) {
        var _ = connection.writeOutbound(response);
        return connection.readOutbound();
    }

    private static FullHttpResponse response(int status, String body) {
        ByteBuf content = Unpooled.copiedBuffer(body, StandardCharsets.UTF_8);
        return new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), content);
    }

    private static String text(FullHttpResponse response) {
        return response.content().toString(StandardCharsets.UTF_8);
    }
}
