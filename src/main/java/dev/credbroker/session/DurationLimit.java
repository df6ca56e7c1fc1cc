package dev.credbroker.session;

/** What set the length of a session, where it is not what was asked. */
public enum DurationLimit {
    /** {@code max-duration} of the role. */
    ROLE("role"),
    /** STS gives one hour at most to a caller that itself holds temporary credentials. */
    ROLE_CHAINING("role-chaining"),
    /** {@code SessionDuration} or {@code SessionNotOnOrAfter} of the assertion. */
    ASSERTION("assertion"),
    /** The end of the token, where the role says {@code end-with-token}. */
    TOKEN("token"),
    /** AWS's own twelve hours. */
    AWS("aws"),
    /** STS granted less than it was asked for. */
    STS("sts");

    private final String text;

    DurationLimit(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
