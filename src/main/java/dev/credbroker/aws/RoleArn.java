package dev.credbroker.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of an IAM role: {@code arn:PARTITION:iam::ACCOUNT:role/[PATH/]NAME}, 20 to 2048 characters.
 *
 * @param account twelve digits
 * @param path empty, or ending in {@code /}
 * @param name 1 to 64 of {@code [A-Za-z0-9_+=,.@-]}
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html">IAM identifiers</a>
 */
public record RoleArn(Partition partition, String account, String path, String name) {

    private static final Pattern PARTS =
            Pattern.compile("arn:(?<partition>[^:]*):iam::(?<account>[^:/]*):role/(?<path>(?:.*/)?)(?<name>[^/]*)");
    private static final Pattern ACCOUNT = Pattern.compile("[0-9]{12}");
    private static final Pattern PATH = Pattern.compile("[!-)+-~]*");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_+=,.@-]{1,64}");
    private static final int LONGEST = 2048;
    private static final String ADVICE = "not a role ARN such as arn:aws:iam::123456789012:role/NAME";

    public RoleArn {
        if (!isAccount(account)
                || !isPath(path)
                || !isName(name)
                || text(partition, account, path, name).length() > LONGEST) {
            throw new IllegalArgumentException(ADVICE);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not the ARN of one role */
    public static RoleArn parse(String text) {
        Matcher parts = parts(text).orElseThrow(() -> new IllegalArgumentException(ADVICE));
        return new RoleArn(
                new Partition(parts.group("partition")),
                parts.group("account"),
                parts.group("path"),
                parts.group("name"));
    }

    /** The text cut at its colons and its last slash, which says nothing of the parts; absent where they are missing. */
    static Optional<Matcher> parts(String text) {
        Matcher parts = PARTS.matcher(text);
        return text.length() <= LONGEST && parts.matches() ? Optional.of(parts) : Optional.empty();
    }

    static boolean isAccount(String text) {
        return ACCOUNT.matcher(text).matches();
    }

    /** Literal characters only: a {@code *} would be one to IAM, and a question to everybody else. */
    static boolean isPath(String text) {
        return text.isEmpty()
                || (PATH.matcher(text).matches()
                        && text.endsWith("/")
                        && !text.startsWith("/")
                        && !text.contains("//"));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    static String text(Partition partition, String account, String path, String name) {
        return "arn:" + partition + ":iam::" + account + ":role/" + path + name;
    }

    @Override
    public String toString() {
        return text(partition, account, path, name);
    }
}
