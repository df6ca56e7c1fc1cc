package dev.credbroker.sts;

import dev.credbroker.sts.ExchangeFailure.Throttled;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;

/**
 * The calls for one account in one region: so many at once, so many a second, and one turn for each principal.
 *
 * <p>Who must wait waits among the calls of its own principal, and the principals take turns: one that sends ten times
 * as much waits for itself. Whose turn would come too late is refused at once. And no principal has more than half of the
 * calls under way, so that slow ones of its own take nobody's place.
 */
final class Lane {

    /** When a region may have room again: its calls take well below a second where all is well. */
    private static final Duration SOON = Duration.ofSeconds(1);

    /** Who is let wait may wait longer than was expected, by this factor: others come between. */
    private static final int SLACK = 2;

    /** How much the latest call counts in the mean of their durations. */
    private static final double LATEST = 0.2;

    private final int concurrency;
    private final Places places;
    private final Places ofRegion;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Alarm alarm;

    /** Whose turn is next stands first; nobody is here without a call that waits. */
    private final Map<Principal, Deque<Waiting>> queues = new LinkedHashMap<>();

    private boolean alarmIsSet;
    private double meanNanos;

    /**
     * @param concurrency how many calls may be under way at once
     * @param perSecond how many may begin in a second
     * @param ofRegion for the calls of all lanes of the region, those that wait among them
     * @param nanos time that only ever runs on
     */
    Lane(int concurrency, int perSecond, Places ofRegion, LongSupplier nanos, Alarm alarm) {
        this.concurrency = concurrency;
        this.places = new Places(concurrency, (concurrency + 1) / 2);
        this.ofRegion = ofRegion;
        this.pace = new Pace(perSecond, nanos);
        this.nanos = nanos;
        this.alarm = alarm;
    }

    /** A call that has not had its turn. */
    private static final class Waiting {
        private final CompletableFuture<Void> turn = new CompletableFuture<>();
    }

    /** The right to one call, held until it is over. */
    final class Turn implements AutoCloseable {

        private final Principal principal;
        private final long begin = nanos.getAsLong();

        private Turn(Principal principal) {
            this.principal = principal;
        }

        @Override
        public void close() {
            left(principal, nanos.getAsLong() - begin);
        }
    }

    /**
     * Waits for a turn.
     *
     * @param patience how long the turn may be expected to take; if it takes twice as long, it is given up
     * @throws ExchangeFailed {@link Throttled}, with the time that it would have taken: at once if it is longer than {@code
     *     patience}, or the region has no room for it
     */
    Turn enter(Principal principal, Duration patience) {
        if (!ofRegion.take(principal)) {
            throw new ExchangeFailed(new Throttled(SOON));
        }
        try {
            return turn(principal, patience);
        } catch (RuntimeException | Error e) {
            ofRegion.giveBack(principal);
            throw e;
        }
    }

    private Turn turn(Principal principal, Duration patience) {
        Waiting waiting = new Waiting();
        synchronized (this) {
            if (queues.isEmpty() && places.hasRoom(principal) && pace.take().isZero()) {
                var _ = places.take(principal);
                return new Turn(principal);
            }
            Duration expected = expected(principal);
            if (expected.compareTo(patience) > 0) {
                throw new ExchangeFailed(new Throttled(expected));
            }
            queues.computeIfAbsent(principal, _ -> new ArrayDeque<>()).add(waiting);
            serve();
        }
        return await(waiting, principal, patience);
    }

    /** STS has throttled a call of this lane. */
    synchronized void throttled() {
        pace.slowDown();
    }

    /** How long a call that came now would wait for its turn. */
    synchronized Duration expectedWait(Principal principal) {
        return expected(principal);
    }

    synchronized boolean isIdle() {
        return places.areFree() && queues.isEmpty();
    }

    private Turn await(Waiting waiting, Principal principal, Duration patience) {
        try {
            waiting.turn.get(patience.multipliedBy(SLACK).toNanos(), TimeUnit.NANOSECONDS);
            return new Turn(principal);
        } catch (TimeoutException e) {
            return abandoned(waiting, principal);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return abandoned(waiting, principal);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody takes a turn away", e);
        }
    }

    /** A turn that came at the last moment is taken all the same: it has been counted. */
    private synchronized Turn abandoned(Waiting waiting, Principal principal) {
        if (waiting.turn.isDone()) {
            return new Turn(principal);
        }
        Deque<Waiting> queue = queues.get(principal);
        if (queue != null) {
            queue.remove(waiting);
            if (queue.isEmpty()) {
                queues.remove(principal);
            }
        }
        throw new ExchangeFailed(new Throttled(expected(principal)));
    }

    private synchronized void left(Principal principal, long tookNanos) {
        places.giveBack(principal);
        ofRegion.giveBack(principal);
        meanNanos = meanNanos == 0 ? tookNanos : (1 - LATEST) * meanNanos + LATEST * tookNanos;
        serve();
    }

    /** Gives turns while there are any; what the pace holds back is served when it lets the next one go. */
    private void serve() {
        for (Optional<Principal> next = next(); next.isPresent(); next = next()) {
            Duration wait = pace.take();
            if (!wait.isZero()) {
                serveAfter(wait);
                return;
            }
            var _ = places.take(next.get());
            first(next.get()).turn.complete(null);
        }
    }

    /** The first in the line for whom there is room. */
    private Optional<Principal> next() {
        return queues.keySet().stream().filter(places::hasRoom).findFirst();
    }

    private void serveAfter(Duration wait) {
        if (!alarmIsSet) {
            alarmIsSet = true;
            alarm.after(wait, this::rung);
        }
    }

    private synchronized void rung() {
        alarmIsSet = false;
        serve();
    }

    /** The first call of a principal, who then goes to the end of the line. */
    private Waiting first(Principal principal) {
        Deque<Waiting> queue = Objects.requireNonNull(queues.remove(principal), "who waits has a queue");
        Waiting first = queue.remove();
        if (!queue.isEmpty()) {
            queues.put(principal, queue);
        }
        return first;
    }

    /** As many rounds as the principal has calls, and in each of them one call of everybody who has that many. */
    private Duration expected(Principal principal) {
        Deque<Waiting> own = queues.get(principal);
        int rounds = 1 + (own == null ? 0 : own.size());
        long ahead = rounds;
        for (Map.Entry<Principal, Deque<Waiting>> other : queues.entrySet()) {
            if (!other.getKey().equals(principal)) {
                ahead += Math.min(rounds, other.getValue().size());
            }
        }
        return Duration.ofNanos((long) (ahead * nanosPerCall()));
    }

    /** By the pace, or by how long the calls take, whichever is slower. */
    private double nanosPerCall() {
        return Math.max(Duration.ofSeconds(1).toNanos() / pace.perSecond(), meanNanos / concurrency);
    }
}
