package dev.credbroker.audit;

/** What a lost audit line means for the answer. */
public enum OnFailure {
    /** It does not go out. */
    REFUSE,
    /** It goes out, and the loss is counted. */
    COUNT;

    /** @throws IllegalArgumentException for any other text */
    public static OnFailure parse(String text) {
        return switch (text) {
            case "refuse" -> REFUSE;
            case "count" -> COUNT;
            default -> throw new IllegalArgumentException("write refuse or count, not " + text);
        };
    }
}
