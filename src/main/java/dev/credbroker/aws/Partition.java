package dev.credbroker.aws;

import java.util.regex.Pattern;

/**
 * An AWS partition: credentials and ARNs never cross from one to another.
 *
 * @param id {@code aws}, {@code aws-cn}, {@code aws-us-gov}, {@code aws-eusc} or one of {@code aws-iso*}
 */
public record Partition(String id) {

    /** Before the constants: their constructor reads it. */
    private static final Pattern GRAMMAR = Pattern.compile("aws(-cn|-us-gov|-eusc|-iso(-[a-z])?)?");

    public static final Partition AWS = new Partition("aws");
    public static final Partition CHINA = new Partition("aws-cn");
    public static final Partition GOV_CLOUD = new Partition("aws-us-gov");
    public static final Partition EUROPEAN_SOVEREIGN = new Partition("aws-eusc");

    public Partition {
        if (!GRAMMAR.matcher(id).matches()) {
            throw new IllegalArgumentException("not an AWS partition: " + id);
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
