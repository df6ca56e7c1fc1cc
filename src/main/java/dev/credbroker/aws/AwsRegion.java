package dev.credbroker.aws;

import java.util.regex.Pattern;

/** A region's name, such as {@code eu-west-1}. It is known by its shape, so that a new region needs no new release. */
public record AwsRegion(String name) {

    private static final Pattern GRAMMAR = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,2}-[0-9]{1,2}");

    public AwsRegion {
        if (!GRAMMAR.matcher(name).matches()) {
            throw new IllegalArgumentException("not a region such as eu-west-1: " + name);
        }
    }

    /** The partition that the region lies in, by the beginning of its name (botocore's {@code partitions.json}). */
    public Partition partition() {
        if (name.startsWith("cn-")) {
            return Partition.CHINA;
        }
        if (name.startsWith("us-gov-")) {
            return Partition.GOV_CLOUD;
        }
        if (name.startsWith("eusc-")) {
            return Partition.EUROPEAN_SOVEREIGN;
        }
        if (name.startsWith("us-iso-")) {
            return new Partition("aws-iso");
        }
        if (name.startsWith("us-isob-")) {
            return new Partition("aws-iso-b");
        }
        if (name.startsWith("eu-isoe-")) {
            return new Partition("aws-iso-e");
        }
        return name.startsWith("us-isof-") || name.startsWith("eu-isof-") ? new Partition("aws-iso-f") : Partition.AWS;
    }

    @Override
    public String toString() {
        return name;
    }
}
