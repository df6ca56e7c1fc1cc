package dev.credbroker.saml;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.Partition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How an assertion is addressed to somebody: the audiences and the recipients that mean them. */
record Address(Predicate<String> audience, Predicate<String> recipient) {

    private static final String SIGN_IN_PATH = "/saml(/acs/[A-Za-z0-9_-]{1,128})?";
    private static final String EVERY_PARTITION = "urn:amazon:webservices";

    /** Where people sign in, and the name of AWS that not every partition shares. */
    private record SignIn(String host, Set<String> names) {}

    // Partitions that are not here have no address that AWS publishes.
    private static final Map<Partition, SignIn> SIGN_IN = Map.of(
            Partition.AWS,
            new SignIn("signin.aws.amazon.com", Set.of(EVERY_PARTITION)),
            Partition.GOV_CLOUD,
            new SignIn("signin.amazonaws-us-gov.com", Set.of(EVERY_PARTITION, "urn:amazon:webservices:govcloud")),
            Partition.CHINA,
            new SignIn("signin.amazonaws.cn", Set.of(EVERY_PARTITION, "urn:amazon:webservices:cn-north-1")));

    /** The address of one partition of AWS, if AWS publishes it. */
    static Optional<Address> of(Partition partition) {
        return Optional.ofNullable(SIGN_IN.get(partition)).map(signIn -> {
            Predicate<String> recipient = recipient(partition, signIn.host());
            return new Address(recipient.or(signIn.names()::contains), recipient);
        });
    }

    static Address of(Collection<String> audiences, Collection<String> recipients) {
        return new Address(Set.copyOf(audiences)::contains, Set.copyOf(recipients)::contains);
    }

    /** Whether {@code text} is an audience or a recipient of any partition of AWS. */
    static boolean ofAws(String text) {
        return SIGN_IN.keySet().stream()
                .map(Address::of)
                .flatMap(Optional::stream)
                .anyMatch(address -> address.audience.test(text));
    }

    Address withAudiences(List<String> audiences) {
        return new Address(Set.copyOf(audiences)::contains, recipient);
    }

    Address withRecipients(List<String> recipients) {
        return new Address(audience, Set.copyOf(recipients)::contains);
    }

    private static Predicate<String> recipient(Partition partition, String host) {
        Pattern form = Pattern.compile("https://((?<region>[a-z0-9-]{1,32})\\.)?" + Pattern.quote(host) + SIGN_IN_PATH);
        return text -> {
            Matcher parts = form.matcher(text);
            return parts.matches() && (parts.group("region") == null || lies(parts.group("region"), partition));
        };
    }

    private static boolean lies(String region, Partition partition) {
        try {
            return new AwsRegion(region).partition().equals(partition);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
