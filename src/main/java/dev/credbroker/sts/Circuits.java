package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.session.SessionSpec;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Which regions are not called for a while, since their STS does not answer: after five calls of which most were in vain,
 * for three seconds, and then two are let through to see.
 *
 * <p>Calls by which STS itself must fetch an issuer's keys have a circuit for each provider: where an issuer is slow, its
 * calls fail as if STS were, and must not take the region from everybody else.
 */
final class Circuits {

    /** Short, so that what comes back is used within seconds. */
    static final Duration PAUSE = Duration.ofSeconds(3);

    static final int CALLS_TO_TELL = 5;
    private static final int CALLS_REMEMBERED = 20;
    private static final float MOST = 80;
    private static final int PROBES = 2;

    private final ConcurrentMap<Way, CircuitBreaker> circuits = new ConcurrentHashMap<>();
    private final CircuitBreakerConfig config;

    /** @param nanos time that only ever runs on */
    Circuits(LongSupplier nanos) {
        this.config = CircuitBreakerConfig.custom()
                .slidingWindowSize(CALLS_REMEMBERED)
                .minimumNumberOfCalls(CALLS_TO_TELL)
                .failureRateThreshold(MOST)
                .waitDurationInOpenState(PAUSE)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .clock(new TickingClock(nanos))
                .currentTimestampFunction(_ -> nanos.getAsLong(), TimeUnit.NANOSECONDS)
                .build();
    }

    /** @param provider absent where STS needs nobody else for its answer */
    private record Way(AwsRegion region, Optional<String> provider) {}

    CircuitBreaker of(SessionSpec spec) {
        Way way = new Way(
                spec.region(),
                Optional.of(spec.provider())
                        .filter(_ -> spec.operation() == StsOperation.ASSUME_ROLE_WITH_WEB_IDENTITY));
        return circuits.computeIfAbsent(way, known -> CircuitBreaker.of(known.toString(), config));
    }
}
