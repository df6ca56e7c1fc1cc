package dev.credbroker.simulator.sts;

import java.time.Duration;

/** How long a session may be asked to last. STS never cuts: what is too long fails. */
final class DurationRules {

    private static final int SHORTEST = 900;
    private static final int LONGEST = 43_200;
    private static final Duration DEFAULT = Duration.ofHours(1);
    private static final Duration CHAINED = Duration.ofHours(1);

    private DurationRules() {}

    /** What {@code DurationSeconds} asks for, within 15 minutes to 12 hours; an hour if it is absent. */
    static Duration asked(Parameters parameters) {
        return parameters.text("DurationSeconds").map(DurationRules::within).orElse(DEFAULT);
    }

    static void checkMaximum(Duration asked, StsRole role) {
        if (asked.compareTo(role.maxSessionDuration()) > 0) {
            throw new StsRejection(StsError.validation(
                    "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."));
        }
    }

    /** Role chaining: a session that is got by temporary credentials lasts an hour at most. */
    static void checkChaining(Duration asked, AccessKey caller) {
        if (caller.temporary() && asked.compareTo(CHAINED) > 0) {
            throw new StsRejection(StsError.validation("The requested DurationSeconds exceeds the 1 hour session limit"
                    + " for roles assumed by role chaining."));
        }
    }

    private static Duration within(String text) {
        int seconds = number(text);
        if (seconds < SHORTEST) {
            throw violated(text, "greater than or equal to " + SHORTEST);
        }
        if (seconds > LONGEST) {
            throw violated(text, "less than or equal to " + LONGEST);
        }
        return Duration.ofSeconds(seconds);
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new StsRejection(new StsError(400, "MalformedInput", "DurationSeconds is not a number"));
        }
    }

    private static StsRejection violated(String text, String rule) {
        return new StsRejection(StsError.validation(
                "1 validation error detected: Value '%s' at 'durationSeconds' failed to satisfy constraint: Member must have value %s"
                        .formatted(text, rule)));
    }
}
