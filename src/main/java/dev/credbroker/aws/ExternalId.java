package dev.credbroker.aws;

import java.util.regex.Pattern;

/** What the owner of a role agreed on with the broker, against the confused deputy: 2 to 1224 of {@code [\w+=,.@:/-]}. */
public record ExternalId(String text) {

    private static final Pattern GRAMMAR = Pattern.compile("[A-Za-z0-9_+=,.@:/-]{2,1224}");

    public ExternalId {
        if (!GRAMMAR.matcher(text).matches()) {
            throw new IllegalArgumentException("an external id is 2 to 1224 of A-Z a-z 0-9 _ + = , . @ : / -");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
