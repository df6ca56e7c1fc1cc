package dev.credbroker.aws;

/** The name of a session in CloudTrail and in the assumed-role ARN: 2 to 64 of {@code [A-Za-z0-9_+=,.@-]}. */
public record RoleSessionName(String text) {

    public static final int LONGEST = 64;

    private static final int SHORTEST = 2;
    private static final String OTHERS = "_+=,.@-";

    public RoleSessionName {
        if (!fits(text)) {
            throw new IllegalArgumentException("a session name is 2 to 64 of A-Z a-z 0-9 _ + = , . @ -");
        }
    }

    public static boolean fits(String text) {
        return text.length() >= SHORTEST
                && text.length() <= LONGEST
                && text.chars().allMatch(RoleSessionName::isAllowed);
    }

    private static boolean isAllowed(int unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || OTHERS.indexOf(unit) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}
