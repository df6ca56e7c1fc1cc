package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.cache.StoreTrouble.Kind;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Sees to it that no command costs more than its time, and that whatever goes wrong is a miss and a meter. */
final class StoreGuard {

    private static final Logger LOG = Logger.getLogger(StoreGuard.class);

    private final Duration most;
    private final ExecutorService threads;
    private final Waiting waiting;
    private final StoreBreaker breaker;
    private final MeterRegistry registry;

    /**
     * @param most what a command may take
     * @param threads virtual ones: an interrupt ends what they read from a socket
     */
    StoreGuard(Duration most, ExecutorService threads, Waiting waiting, Ticker ticker, MeterRegistry registry) {
        this.most = most;
        this.threads = threads;
        this.waiting = waiting;
        this.breaker = new StoreBreaker(ticker);
        this.registry = registry;
    }

    /** What is asked of the store. */
    enum Command {
        FIND,
        PUT,
        REMOVE,
        LEASE,
        RELEASE
    }

    /** What comes of it. */
    enum Result {
        /** A session was found. */
        HIT,
        /** Nothing was found. */
        MISS,
        /** What was found was not sealed by a replica for this session: somebody has tampered with the store. */
        FORGED,
        /** What was found was genuine, but has ended, or is older than what this replica knows of. */
        OUTDATED,
        /** It was done. */
        DONE,
        /** Another replica has the lease. */
        TAKEN,
        /** The store refused, could not be reached or spoke no sense. */
        ERROR,
        TIMEOUT,
        /** The store was not asked, since it has just failed several times. */
        SKIPPED
    }

    /** Whether the store is asked at all, or has failed too often. */
    boolean reachable() {
        return breaker.closed();
    }

    /**
     * What {@code act} brings; absent if it fails or takes too long.
     *
     * @param told how an act that has not failed ended
     */
    <T> Optional<T> call(Command command, Callable<T> act, Function<T, Result> told) {
        if (!breaker.admits()) {
            count(command, Result.SKIPPED, Timer.start(registry));
            return Optional.empty();
        }
        Timer.Sample time = Timer.start(registry);
        Result result = Result.ERROR;
        try {
            T brought = done(act);
            succeeded();
            result = told.apply(brought);
            return Optional.of(brought);
        } catch (StoreTrouble e) {
            note(e);
            return Optional.empty();
        } catch (TimeoutException e) {
            failed();
            result = Result.TIMEOUT;
            return Optional.empty();
        } finally {
            count(command, result, time);
        }
    }

    private <T> T done(Callable<T> act) throws StoreTrouble, TimeoutException {
        Future<T> acting;
        try {
            acting = threads.submit(act);
        } catch (RejectedExecutionException e) {
            throw new StoreTrouble(Kind.UNASKED);
        }
        try {
            return waiting.await(acting, most);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoreTrouble(Kind.UNASKED);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof StoreTrouble trouble ? trouble : new StoreTrouble(Kind.BROKEN);
        } finally {
            acting.cancel(true);
        }
    }

    private void note(StoreTrouble trouble) {
        switch (trouble.kind()) {
            case REFUSED -> succeeded();
            case BROKEN -> failed();
            case UNASKED -> {}
        }
    }

    private void succeeded() {
        if (breaker.succeeded()) {
            LOG.info("the shared store answers again");
        }
    }

    private void failed() {
        if (breaker.failed()) {
            LOG.warn("the shared store does not answer: until it does, each replica asks STS for itself");
        }
    }

    private void count(Command command, Result result, Timer.Sample time) {
        time.stop(registry.timer(Meters.STORE_COMMANDS, Meters.COMMAND, word(command), Meters.RESULT, word(result)));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
