package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import org.junit.jupiter.api.Test;

/** What the client itself hides: that a connection is given up, and that a body which broke off is told as such. */
class CappedBodyTest {

    private final CappedBody body = new CappedBody(4);
    private final Connection connection = new Connection();

    @Test
    void onNext_asManyBytesAsAllowed_isTheBody() throws Exception {
        body.onSubscribe(connection);
        body.onNext(bytes(3));
        body.onNext(bytes(1));
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().get()).hasSize(4);
        assertThat(connection.cancelled).isFalse();
    }

    @Test
    void onNext_oneByteMore_givesUpTheConnection() {
        body.onSubscribe(connection);
        body.onNext(bytes(4));
        body.onNext(bytes(1));

        assertThat(connection.cancelled).isTrue();
        assertFailed(CappedBody.TooLarge.class);
    }

    @Test
    void onError_isTheFailureOfTheBody() {
        body.onSubscribe(connection);
        body.onError(new IOException("broke off"));

        assertFailed(IOException.class);
    }

    private void assertFailed(Class<? extends Exception> cause) {
        assertThat(body.getBody().toCompletableFuture()).isDone();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> body.getBody().toCompletableFuture().get())
                .withCauseExactlyInstanceOf(cause);
    }

    private static List<ByteBuffer> bytes(int count) {
        return List.of(ByteBuffer.allocate(count));
    }

    private static final class Connection implements Flow.Subscription {

        private boolean cancelled;

        @Override
        public void request(long count) {
            // All there is comes by itself.
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
