package dev.credbroker.aws;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The ARN of a SAML provider in IAM: {@code arn:PARTITION:iam::ACCOUNT:saml-provider/NAME}, NAME of 1 to 128 characters. */
public record SamlProviderArn(Partition partition, String account, String name) {

    private static final Pattern PARTS =
            Pattern.compile("arn:(?<partition>[^:]*):iam::(?<account>[^:/]*):saml-provider/(?<name>[^/]*)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]{1,128}");
    private static final String ADVICE = "not a SAML provider ARN such as arn:aws:iam::123456789012:saml-provider/NAME";

    public SamlProviderArn {
        if (!RoleArn.isAccount(account) || !isName(name)) {
            throw new IllegalArgumentException(ADVICE);
        }
    }

    /** @throws IllegalArgumentException if {@code text} is not such an ARN */
    public static SamlProviderArn parse(String text) {
        Matcher parts = parts(text).orElseThrow(() -> new IllegalArgumentException(ADVICE));
        return new SamlProviderArn(
                new Partition(parts.group("partition")), parts.group("account"), parts.group("name"));
    }

    /** The text cut at its colons and its slash, which says nothing of the parts; absent where they are missing. */
    static Optional<Matcher> parts(String text) {
        Matcher parts = PARTS.matcher(text);
        return parts.matches() ? Optional.of(parts) : Optional.empty();
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    @Override
    public String toString() {
        return "arn:" + partition + ":iam::" + account + ":saml-provider/" + name;
    }
}
