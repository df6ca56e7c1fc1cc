package dev.credbroker.session;

/** What planning a session comes to. */
public sealed interface Planning {

    record Planned(SessionPlan plan) implements Planning {}

    /** More was named than can be had, or asked to remain than is granted. */
    record TooLong(int longestSeconds, DurationLimit limit) implements Planning {}

    /** {@code minRemainingSeconds} is above what was granted less a minute. */
    record RemainsTooLong(long longestSeconds) implements Planning {}

    /** The token, or the session that the assertion speaks of, ends too soon for any session. */
    record TokenEndsTooSoon() implements Planning {}

    /** A template could not be filled with what is verified, or its value does not fit AWS's characters. */
    record Unfit(String setting) implements Planning {}

    /** Whether the broker's own credentials are temporary is not in memory: plan again where blocking is allowed. */
    record OwnCredentialsUnknown() implements Planning {}

    /** The broker has no AWS credentials of its own. */
    record NoOwnCredentials() implements Planning {}
}
