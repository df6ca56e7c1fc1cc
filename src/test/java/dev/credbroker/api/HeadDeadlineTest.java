package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeadDeadlineTest {

    private final HeadDeadline deadline = new HeadDeadline(Duration.ofSeconds(10));
    private final EmbeddedChannel connection = new EmbeddedChannel(deadline);

    HeadDeadlineTest() {
        connection.freezeTime();
    }

    @Test
    void connection_withoutAByte_isClosedAtTheDeadline() {
        EmbeddedChannel silent = new EmbeddedChannel();
        silent.freezeTime();
        silent.pipeline().addLast(new HeadDeadline(Duration.ofSeconds(10)));
        silent.pipeline().fireChannelActive();

        pass(silent, 9_999);
        assertThat(silent.isOpen()).isTrue();

        pass(silent, 1);
        assertThat(silent.isOpen()).isFalse();
    }

    @Test
    void connection_dribbling_isClosedAtTheDeadlineAllTheSame() {
        deadline.headArrived();
        deadline.answered();

        for (int second = 0; second < 10; second++) {
            assertThat(connection.isOpen()).isTrue();
            receive("x");
            pass(connection, 1_000);
        }

        assertThat(connection.isOpen()).isFalse();
    }

    @Test
    void head_inTime_endsTheWaiting() {
        receive("GET");
        pass(connection, 9_000);
        deadline.headArrived();

        pass(connection, 60_000);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void answer_beingMade_isNotHurriedByABodyOrTheNextHead() {
        deadline.headArrived();

        receive("a body, and the beginning of another request");
        pass(connection, 60_000);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void keptAlive_betweenRequests_isNotItsBusiness() {
        deadline.headArrived();
        deadline.answered();

        pass(connection, 60_000);

        assertThat(connection.isOpen()).isTrue();
    }

    @Test
    void bytes_ofEveryRequest_areHandedOn() {
        receive("GET");

        assertThat(connection.inboundMessages()).hasSize(1);
    }

    private void receive(String bytes) {
        var _ = connection.writeInbound(Unpooled.copiedBuffer(bytes, StandardCharsets.US_ASCII));
    }

    private static void pass(EmbeddedChannel connection, long millis) {
        connection.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        connection.runScheduledPendingTasks();
    }
}
