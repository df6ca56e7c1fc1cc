package dev.credbroker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.audit.TestSink.Failure;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(30)
class JsonAuditLogTest {

    private final TestSink sink = new TestSink();
    private final Semaphore losses = new Semaphore(0);
    private JsonAuditLog log = log(100, OnFailure.REFUSE);

    @AfterEach
    void stop() {
        sink.heal();
        sink.release();
        log.close();
    }

    @Test
    void admit_manyEvents_writesThemInOrder() {
        log.start();

        IntStream.range(0, 100).forEach(i -> assertThat(log.admit(event(i))).isTrue());
        log.close();

        assertThat(sink.lines()).hasSize(100);
        assertThat(IntStream.range(0, 100)).allMatch(i -> sink.lines().get(i).contains("\"user-" + i + "\""));
        assertThat(losses.availablePermits()).isZero();
    }

    @Test
    void admit_whileTheSinkHolds_doesNotWaitForIt() throws InterruptedException {
        sink.hold();
        log.start();
        log.admit(event(0));
        sink.awaitWriter();

        assertThat(log.admit(event(1))).isTrue();
        assertThat(sink.text()).isEmpty();
    }

    @Test
    void admit_whenTheQueueIsFull_refusesAndCountsTheLoss() throws InterruptedException {
        fill(2, OnFailure.REFUSE);

        assertThat(log.admit(event(9))).isFalse();
        assertThat(losses.availablePermits()).isOne();
    }

    @Test
    void admit_whenTheQueueIsFull_countsTheLossAndLetsTheAnswerGo() throws InterruptedException {
        fill(2, OnFailure.COUNT);

        assertThat(log.admit(event(9))).isTrue();
        assertThat(losses.availablePermits()).isOne();
    }

    @Test
    void admit_oneBelowFull_isQueued() throws InterruptedException {
        fill(1, OnFailure.REFUSE, 2);

        assertThat(log.admit(event(9))).isTrue();
        assertThat(losses.availablePermits()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void admit_afterTheSinkHasFailed_countsTheLossAndRefuses(Failure failure) throws InterruptedException {
        sink.fail(failure);
        log.start();
        log.admit(event(0));

        losses.acquire();

        assertThat(log.admit(event(1))).isFalse();
    }

    @Test
    void admit_afterTheSinkHasFailed_letsTheAnswerGoIfLossesAreToBeCounted() throws InterruptedException {
        log = log(100, OnFailure.COUNT);
        sink.fail(Failure.DISK_FULL);
        log.start();
        log.admit(event(0));
        losses.acquire();

        assertThat(log.admit(event(1))).isTrue();
        losses.acquire();
    }

    @ParameterizedTest
    @EnumSource(names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void admit_onceTheSinkWorksAgain_isQueued(Failure failure) throws InterruptedException {
        sink.fail(failure);
        log.start();
        log.admit(event(0));
        losses.acquire();

        sink.heal();
        awaitAdmission(event(1));
        log.close();

        assertThat(sink.lines().getLast()).isEqualTo(line(1));
    }

    @Test
    void write_afterHalfALine_beginsANewOne() throws InterruptedException {
        sink.fail(Failure.DISK_FULL_HALFWAY);
        log.start();
        log.admit(event(0));
        losses.acquire();
        sink.heal();

        awaitAdmission(event(1));
        log.close();

        assertThat(sink.lines().getFirst()).isEqualTo(line(0).substring(0, line(0).length() / 2));
        assertThat(sink.lines().get(1)).isEqualTo(line(1));
    }

    @Test
    void flush_thatFails_losesAllThatWasNotFlushed() throws InterruptedException {
        sink.hold();
        log.start();
        IntStream.range(0, 3).forEach(i -> log.admit(event(i)));
        sink.awaitWriter();
        sink.fail(Failure.ON_FLUSH);

        sink.release();

        losses.acquire(3);
    }

    @Test
    void close_writesWhatIsQueued() {
        IntStream.range(0, 5).forEach(i -> log.admit(event(i)));

        log.start();
        log.close();

        assertThat(sink.lines()).hasSize(5);
    }

    @Test
    void close_whileTheSinkHolds_countsWhatNobodyWillWrite() throws InterruptedException {
        fill(2, OnFailure.REFUSE);
        Thread.currentThread().interrupt();

        log.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(losses.availablePermits()).isEqualTo(2);
    }

    @Test
    void admit_afterTheEnd_refusesAndCountsTheLoss() {
        log.start();
        log.close();

        assertThat(log.admit(event(0))).isFalse();
        assertThat(losses.availablePermits()).isOne();
    }

    @Test
    void onFailure_isOneOfTwoWords() {
        assertThat(OnFailure.parse("refuse")).isEqualTo(OnFailure.REFUSE);
        assertThat(OnFailure.parse("count")).isEqualTo(OnFailure.COUNT);
        assertThatThrownBy(() -> OnFailure.parse("REFUSE")).isInstanceOf(IllegalArgumentException.class);
    }

    private void fill(int length, OnFailure onFailure) throws InterruptedException {
        fill(length, onFailure, length);
    }

    /** One event is with the writer, and {@code queued} wait for it. */
    private void fill(int queued, OnFailure onFailure, int length) throws InterruptedException {
        log = log(length, onFailure);
        sink.hold();
        log.start();
        log.admit(event(0));
        sink.awaitWriter();
        IntStream.rangeClosed(1, queued).forEach(i -> log.admit(event(i)));
    }

    private void awaitAdmission(AuditEvent event) {
        while (!log.admit(event)) {
            Thread.onSpinWait();
        }
    }

    private JsonAuditLog log(int length, OnFailure onFailure) {
        return new JsonAuditLog(sink, length, onFailure, losses::release);
    }

    private static AuditEvent event(int number) {
        return Events.given("user-" + number);
    }

    private static String line(int number) {
        return new String(AuditJson.line(event(number)), UTF_8);
    }
}
