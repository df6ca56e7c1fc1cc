package dev.credbroker.aws;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * How long a session is asked to last: 900 to 43200 seconds, the range of {@code DurationSeconds} at STS.
 *
 * @param seconds within that range
 */
public record SessionDuration(int seconds) implements Comparable<SessionDuration> {

    public static final SessionDuration SHORTEST = new SessionDuration(900);
    public static final SessionDuration LONGEST = new SessionDuration(43_200);

    /** What STS grants at most to a caller that itself holds temporary credentials (role chaining). */
    public static final SessionDuration LONGEST_CHAINED = new SessionDuration(3_600);

    public SessionDuration {
        if (seconds < 900 || seconds > 43_200) {
            throw new IllegalArgumentException("a session lasts 900 to 43200 seconds (15 minutes to 12 hours)");
        }
    }

    /** @throws IllegalArgumentException outside 15 minutes to 12 hours, or with a fraction of a second */
    public static SessionDuration of(Duration duration) {
        if (!duration.equals(duration.truncatedTo(ChronoUnit.SECONDS))
                || duration.compareTo(LONGEST.asDuration()) > 0
                || duration.isNegative()) {
            throw new IllegalArgumentException("a session lasts 900 to 43200 whole seconds (15 minutes to 12 hours)");
        }
        return new SessionDuration((int) duration.toSeconds());
    }

    public static SessionDuration smaller(SessionDuration one, SessionDuration other) {
        return one.compareTo(other) <= 0 ? one : other;
    }

    public Duration asDuration() {
        return Duration.ofSeconds(seconds);
    }

    @Override
    public int compareTo(SessionDuration other) {
        return Integer.compare(seconds, other.seconds);
    }
}
