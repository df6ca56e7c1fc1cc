package dev.credbroker.simulator.sts;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IAM ARN of any partition, taken apart. */
record Arn(String partition, String account, String kind, String name) {

    private static final Pattern IAM =
            Pattern.compile("arn:(aws|aws-us-gov|aws-cn|aws-eusc|aws-iso[a-z-]*):iam::(\\d{12}):([a-z-]+)/(.+)");

    static Optional<Arn> parse(String text) {
        Matcher matcher = IAM.matcher(text);
        return matcher.matches()
                ? Optional.of(new Arn(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4)))
                : Optional.empty();
    }

    static Arn require(String text, String kind) {
        return parse(text)
                .filter(arn -> arn.kind().equals(kind))
                .orElseThrow(() -> new IllegalArgumentException("not the ARN of a " + kind + ": " + text));
    }

    /** The name without its path, as it stands in an assumed role's ARN. */
    String baseName() {
        return name.substring(name.lastIndexOf('/') + 1);
    }

    boolean sameAccount(Arn other) {
        return partition.equals(other.partition) && account.equals(other.account);
    }

    String assumedBy(String session) {
        return "arn:%s:sts::%s:assumed-role/%s/%s".formatted(partition, account, baseName(), session);
    }
}
