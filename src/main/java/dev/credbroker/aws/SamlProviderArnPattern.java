package dev.credbroker.aws;

import java.util.regex.Matcher;

/** A SAML provider's ARN in which {@code *} may stand for the whole account: one name, registered in many accounts. */
public record SamlProviderArnPattern(Partition partition, String account, String name) {

    private static final String ADVICE =
            "not a SAML provider ARN such as arn:aws:iam::123456789012:saml-provider/NAME, where * may stand for the account: ";

    public SamlProviderArnPattern {
        if (!(RoleArn.isAccount(account) || account.equals(RoleArnPattern.ANY)) || !SamlProviderArn.isName(name)) {
            throw new IllegalArgumentException(ADVICE + text(partition, account, name));
        }
    }

    /** @throws IllegalArgumentException if {@code text} is no SAML provider ARN, with or without {@code *} as account */
    public static SamlProviderArnPattern parse(String text) {
        Matcher parts = SamlProviderArn.parts(text).orElseThrow(() -> new IllegalArgumentException(ADVICE + text));
        return new SamlProviderArnPattern(
                new Partition(parts.group("partition")), parts.group("account"), parts.group("name"));
    }

    public boolean matches(SamlProviderArn arn) {
        return partition.equals(arn.partition())
                && name.equals(arn.name())
                && (account.equals(RoleArnPattern.ANY) || account.equals(arn.account()));
    }

    @Override
    public String toString() {
        return text(partition, account, name);
    }

    private static String text(Partition partition, String account, String name) {
        return "arn:" + partition + ":iam::" + account + ":saml-provider/" + name;
    }
}
