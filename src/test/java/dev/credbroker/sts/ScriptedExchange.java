package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.SessionPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/**
 * STS without a wire: gives what was planned, numbers its sessions, and goes wrong as it is told. While it is held, every
 * exchange waits in it.
 */
public final class ScriptedExchange implements StsExchange {

    private final InstantSource clock;
    private final Deque<Function<SessionPlan, SessionCredentials>> script = new ArrayDeque<>();
    private final List<SessionPlan> asked = new ArrayList<>();
    private final Semaphore arrivals = new Semaphore(0);
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public ScriptedExchange(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public SessionCredentials exchange(SessionPlan plan) {
        Function<SessionPlan, SessionCredentials> answer = arrive(plan);
        CountDownLatch closed = gate;
        arrivals.release();
        try {
            closed.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException("interrupted while held", e);
        }
        return answer.apply(plan);
    }

    private synchronized Function<SessionPlan, SessionCredentials> arrive(SessionPlan plan) {
        asked.add(plan);
        int number = asked.size();
        Function<SessionPlan, SessionCredentials> scripted = script.poll();
        return scripted != null
                ? scripted
                : granted -> credentials(number, granted.duration().granted());
    }

    /** The next exchange that is not yet scripted fails so. */
    public synchronized ScriptedExchange thenFails(ExchangeFailure failure) {
        script.add(_ -> {
            throw new ExchangeFailed(failure);
        });
        return this;
    }

    public synchronized ScriptedExchange thenFails(int times, ExchangeFailure failure) {
        for (int i = 0; i < times; i++) {
            thenFails(failure);
        }
        return this;
    }

    /** As no exchange should: only a bug can do that. */
    public synchronized ScriptedExchange thenBreaks() {
        script.add(_ -> {
            throw new IllegalStateException("a bug");
        });
        return this;
    }

    /** The next exchange brings a session of this length, whatever was planned. */
    public synchronized ScriptedExchange thenGives(Duration lifetime) {
        script.add(_ -> credentials(asked().size(), lifetime));
        return this;
    }

    /** From now on exchanges wait until {@link #release()}. */
    public void hold() {
        gate = new CountDownLatch(1);
    }

    public void release() {
        gate.countDown();
    }

    /** Waits for the next exchange to begin. */
    public void awaitArrival() throws InterruptedException {
        arrivals.acquire();
    }

    public synchronized List<SessionPlan> asked() {
        return List.copyOf(asked);
    }

    public int calls() {
        return asked().size();
    }

    private SessionCredentials credentials(int number, Duration lifetime) {
        Instant end = clock.instant().plus(lifetime).truncatedTo(ChronoUnit.SECONDS);
        return new SessionCredentials(
                "ASIATEST" + number, Secret.of("secret " + number), Secret.of("token " + number), end, "123456789012");
    }
}
