package dev.credbroker.session;

import dev.credbroker.aws.SessionDuration;

/** What a caller said of the duration. */
public sealed interface RequestedDuration {

    /** Nothing: the role's default. */
    record Unsaid() implements RequestedDuration {
        @Override
        public String toString() {
            return "default";
        }
    }

    /** {@code max}: the longest that can be had. */
    record Longest() implements RequestedDuration {
        @Override
        public String toString() {
            return "max";
        }
    }

    /** That many seconds and, unless the role clamps, no fewer. */
    record Named(SessionDuration duration) implements RequestedDuration {
        @Override
        public String toString() {
            return Integer.toString(duration.seconds());
        }
    }
}
