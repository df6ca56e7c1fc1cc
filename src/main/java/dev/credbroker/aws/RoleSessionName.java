package dev.credbroker.aws;

import java.util.regex.Pattern;

/** The name of a session in CloudTrail and in the assumed-role ARN: 2 to 64 of {@code [A-Za-z0-9_+=,.@-]}. */
public record RoleSessionName(String text) {

    public static final int LONGEST = 64;

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

    public RoleSessionName {
        if (!fits(text)) {
            throw new IllegalArgumentException("a session name is 2 to 64 of A-Z a-z 0-9 _ + = , . @ -");
        }
    }

    public static boolean fits(String text) {
        return GRAMMAR.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
