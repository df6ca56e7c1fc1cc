package dev.credbroker.aws;

import java.util.Optional;
import java.util.regex.Matcher;

/**
 * A role ARN in which {@code *} may stand for the whole account and for the whole name.
 *
 * <p>The path is always literal, and a name never contains {@code /}, so {@code role/data/*} means the roles directly
 * under {@code data/} and no others.
 */
public record RoleArnPattern(Partition partition, String account, String path, String name) {

    public static final String ANY = "*";

    private static final String ADVICE =
            "not a role ARN such as arn:aws:iam::123456789012:role/NAME, where * may stand for the account or the name: ";

    public RoleArnPattern {
        if (!(RoleArn.isAccount(account) || account.equals(ANY))
                || !RoleArn.isPath(path)
                || !(RoleArn.isName(name) || name.equals(ANY))) {
            throw new IllegalArgumentException(ADVICE + RoleArn.text(partition, account, path, name));
        }
    }

    /** @throws IllegalArgumentException if {@code text} is neither a role ARN nor one with {@code *} in those places */
    public static RoleArnPattern parse(String text) {
        Matcher parts = RoleArn.parts(text).orElseThrow(() -> new IllegalArgumentException(ADVICE + text));
        return new RoleArnPattern(
                new Partition(parts.group("partition")),
                parts.group("account"),
                parts.group("path"),
                parts.group("name"));
    }

    public boolean matches(RoleArn arn) {
        return partition.equals(arn.partition())
                && path.equals(arn.path())
                && (anyAccount() || account.equals(arn.account()))
                && (anyName() || name.equals(arn.name()));
    }

    /** Whether some ARN is matched by both. */
    public boolean overlaps(RoleArnPattern other) {
        return partition.equals(other.partition)
                && path.equals(other.path)
                && (anyAccount() || other.anyAccount() || account.equals(other.account))
                && (anyName() || other.anyName() || name.equals(other.name));
    }

    /** The one ARN that is meant, if there is no {@code *}. */
    public Optional<RoleArn> exact() {
        return anyAccount() || anyName() ? Optional.empty() : Optional.of(new RoleArn(partition, account, path, name));
    }

    public boolean anyAccount() {
        return account.equals(ANY);
    }

    public boolean anyName() {
        return name.equals(ANY);
    }

    @Override
    public String toString() {
        return RoleArn.text(partition, account, path, name);
    }
}
