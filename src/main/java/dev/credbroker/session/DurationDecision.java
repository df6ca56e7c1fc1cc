package dev.credbroker.session;

import dev.credbroker.aws.SessionDuration;
import java.time.Duration;
import java.util.Optional;

/**
 * How long a session is to last, and why: told to the caller, and kept in the audit log. Nothing is cut silently.
 *
 * @param planned before deadlines: part of the session's key
 * @param granted after deadlines: what a session minted now lasts
 * @param limit what made {@code granted} less than what was asked; for a caller that asked for the longest, what set it
 */
public record DurationDecision(
        RequestedDuration requested, SessionDuration planned, Duration granted, Optional<DurationLimit> limit) {

    /** Whether the caller named, and is to get, more than an hour: it gets a session that is nearly new. */
    public boolean isLong() {
        return !(requested instanceof RequestedDuration.Unsaid)
                && planned.compareTo(SessionDuration.LONGEST_CHAINED) > 0;
    }

    /** Whether a deadline of this caller's makes the session shorter than its key says. */
    public boolean isCutByDeadline() {
        return granted.compareTo(planned.asDuration()) < 0;
    }

    /** The same decision once STS has issued a session of {@code lifetime}: less than was granted is STS's doing. */
    public DurationDecision issued(Duration lifetime) {
        return lifetime.compareTo(granted.minus(CLOCK_TOLERANCE)) >= 0
                ? this
                : new DurationDecision(requested, planned, lifetime, limit.or(() -> Optional.of(DurationLimit.STS)));
    }

    /** Between two clocks and whole seconds, a session may look a little shorter than it is. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    /** As the header {@code Broker-Duration} says it. */
    @Override
    public String toString() {
        return "requested=" + requested + ", granted=" + granted.toSeconds()
                + limit.map(by -> ", limited-by=" + by).orElse("");
    }
}
