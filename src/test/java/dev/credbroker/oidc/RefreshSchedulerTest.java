package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RefreshSchedulerTest {

    private static final Runnable NEVER = () -> {
        throw new AssertionError();
    };

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final RefreshScheduler scheduler = RefreshScheduler.on(timer);

    @AfterEach
    void close() {
        timer.shutdownNow();
    }

    @Test
    void after_noTime_runsAtOnceOnAThreadOfItsOwn() throws Exception {
        CompletableFuture<Thread> ran = new CompletableFuture<>();
        timer.shutdownNow();

        scheduler.after(Duration.ZERO, () -> ran.complete(Thread.currentThread()));

        assertThat(ran.get(30, TimeUnit.SECONDS).isVirtual()).isTrue();
        assertThat(ran.get().getName()).isEqualTo("issuer-keys");
    }

    @Test
    void after_someTime_waitsForTheTimer() {
        scheduler.after(Duration.ofHours(1), NEVER);

        assertThat(timer.getQueue())
                .singleElement()
                .isInstanceOfSatisfying(
                        Delayed.class,
                        task -> assertThat(task.getDelay(TimeUnit.MINUTES)).isBetween(50L, 60L));
    }

    @Test
    void after_timerShutDown_dropsTheTask() {
        timer.shutdownNow();

        scheduler.after(Duration.ofSeconds(1), NEVER);
    }
}
