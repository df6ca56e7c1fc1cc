package dev.credbroker.cache;

import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Is a held session worth giving? Lifetimes here are those at the moment of exchange: STS may grant less than was asked.
 *
 * @param reuseFraction see {@link CacheConfig#reuseFraction()}
 * @param longReuseFraction see {@link CacheConfig#longReuseFraction()}
 * @param floor see {@link CacheConfig#floor()}
 */
public record Freshness(double reuseFraction, double longReuseFraction, Duration floor) {

    /** botocore renews when 15 minutes are left; two more are for clocks and for the way. */
    private static final Duration SDK_WINDOW = Duration.ofMinutes(17);

    /** Of a session so short that the window would be most of it, this part must be left. */
    private static final double SHORT_FRACTION = 0.7;

    /** Of the time in which a session is given as it is, the part in which it may be renewed ahead. */
    private static final double LAST_PART = 0.2;

    /** @throws IllegalArgumentException unless 0 &lt; fractions &lt; 1 and the floor is not negative */
    public Freshness {
        if (!(reuseFraction > 0 && reuseFraction < 1 && longReuseFraction > 0 && longReuseFraction < 1)) {
            throw new IllegalArgumentException("a fraction lies between 0 and 1");
        }
        if (floor.isNegative()) {
            throw new IllegalArgumentException("the floor is not negative");
        }
    }

    /** What {@code config} says; each mistake goes to {@code findings}, and then the defaults stand in. */
    public static Freshness from(CacheConfig config, Findings findings) {
        if (config.maximumSessions() < 1) {
            findings.add("broker.cache.maximum-sessions", "is at least 1");
        }
        if (config.floor().compareTo(SDK_WINDOW) >= 0) {
            findings.add("broker.cache.floor", "is less than 17 minutes, or nothing would ever be given in an outage");
        }
        return findings.parse(
                        "broker.cache",
                        config,
                        settings ->
                                new Freshness(settings.reuseFraction(), settings.longReuseFraction(), settings.floor()))
                .orElseGet(() -> new Freshness(0.5, 0.9, Duration.ofMinutes(2)));
    }

    /**
     * What one caller needs of a session.
     *
     * @param minRemaining what it must still last; zero if unsaid
     * @param isLong whether the caller named more than an hour
     * @param granted what a session minted now for this caller would last
     * @param deadline the session must not end later
     */
    public record Need(Duration minRemaining, boolean isLong, Duration granted, Optional<Instant> deadline) {}

    /** How fit a session is. */
    public enum Fitness {
        /** As good as new: given as it is. */
        FRESH,
        /** Good enough to be given if its renewal takes more than a moment. */
        USABLE,
        /** Given only while nothing newer can be had. */
        LAST_RESORT,
        /** Not given. */
        UNFIT
    }

    /** How fit {@code session} is at {@code now} for a caller with {@code need}; each bound belongs to the better side. */
    public Fitness judge(HeldSession session, Need need, Instant now) {
        Duration remaining = session.credentials().remaining(now);
        if (outlivesDeadline(session, need)
                || remaining.compareTo(longer(need.minRemaining(), floor)) < 0
                || !remaining.isPositive()) {
            return Fitness.UNFIT;
        }
        Duration lifetime = lifetime(session, need);
        if (remaining.compareTo(needed(lifetime, need)) >= 0) {
            return Fitness.FRESH;
        }
        return remaining.compareTo(shorter(SDK_WINDOW, part(lifetime, SHORT_FRACTION))) >= 0
                ? Fitness.USABLE
                : Fitness.LAST_RESORT;
    }

    /** Whether {@code session} is as good as new, and even when new was shorter than {@code need}: STS gives no more. */
    boolean isMostThatStsGives(HeldSession session, Need need, Instant now) {
        Need unsaid = new Need(Duration.ZERO, need.isLong(), need.granted(), need.deadline());
        return !session.curtailed()
                && session.lifetime().compareTo(need.minRemaining()) < 0
                && judge(session, unsaid, now) == Fitness.FRESH;
    }

    /**
     * Whether a session that is still given as it is should be renewed already, so that nobody has to wait for that. So it
     * is in the last fifth of the time in which it is given, or in a part of that fifth; unless what could be had now would
     * not last much longer.
     *
     * @param luck from 0, in half of the fifth, up to 1, in all of it
     */
    boolean isDue(HeldSession session, Need need, Instant now, double luck) {
        Duration lifetime = lifetime(session, need);
        Duration remaining = session.credentials().remaining(now);
        Duration needed = needed(lifetime, need);
        Duration span = lifetime.minus(needed);
        if (!span.isPositive() || remaining.compareTo(needed.plus(part(span, LAST_PART * (1 + luck) / 2))) >= 0) {
            return false;
        }
        Duration obtainable = need.deadline()
                .map(deadline -> shorter(lifetime, Duration.between(now, deadline)))
                .orElse(lifetime);
        return obtainable.minus(remaining).compareTo(span.dividedBy(2)) > 0;
    }

    /** Of what STS makes, parts are measured; but what another's deadline cut short is measured by what this caller can have. */
    private static Duration lifetime(HeldSession session, Need need) {
        return session.curtailed() ? longer(session.lifetime(), need.granted()) : session.lifetime();
    }

    private Duration needed(Duration lifetime, Need need) {
        Duration reuse = need.isLong()
                ? part(lifetime, longReuseFraction)
                : shorter(part(lifetime, SHORT_FRACTION), longer(SDK_WINDOW, part(lifetime, reuseFraction)));
        return longer(need.minRemaining(), reuse);
    }

    /** Whether {@code session} must not be given since it ends after the caller's deadline. */
    boolean outlivesDeadline(HeldSession session, Need need) {
        return need.deadline()
                .filter(session.credentials().expiration()::isAfter)
                .isPresent();
    }

    private static Duration part(Duration lifetime, double fraction) {
        return Duration.ofMillis(Math.round(lifetime.toMillis() * fraction));
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
