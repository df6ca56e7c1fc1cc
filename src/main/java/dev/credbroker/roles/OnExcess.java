package dev.credbroker.roles;

/** What becomes of a named duration that is longer than can be had. */
public enum OnExcess {
    /** A 400 that says the limit and what set it. */
    REJECT,
    /** The longest that can be had, told in {@code Broker-Duration}. */
    CLAMP;

    /** @throws IllegalArgumentException for any other text */
    public static OnExcess parse(String text) {
        return switch (text) {
            case "reject" -> REJECT;
            case "clamp" -> CLAMP;
            default -> throw new IllegalArgumentException("write reject or clamp, not " + text);
        };
    }
}
