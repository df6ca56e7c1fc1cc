package dev.credbroker.aws;

import java.util.regex.Pattern;

/** Who stands behind a session, kept through role chaining: 2 to 64 of {@code [A-Za-z0-9_+=,.@-]}. Never rewritten. */
public record SourceIdentity(String text) {

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_+=,.@-]{2,64}");

    public SourceIdentity {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("a source identity is 2 to 64 of A-Z a-z 0-9 _ + = , . @ -");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
