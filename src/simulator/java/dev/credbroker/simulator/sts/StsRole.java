package dev.credbroker.simulator.sts;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A role as IAM knows it.
 *
 * @param maxSessionDuration 1 to 12 hours
 * @param withheld the actions that the trust policy does not allow beside the assumption itself: {@code sts:TagSession},
 *     {@code sts:SetSourceIdentity}
 */
public record StsRole(String arn, Duration maxSessionDuration, List<Trust> trusts, Set<String> withheld) {

    private static final Duration SHORTEST_MAXIMUM = Duration.ofHours(1);
    private static final Duration LONGEST_MAXIMUM = Duration.ofHours(12);

    public StsRole {
        Arn.require(arn, "role");
        if (maxSessionDuration.compareTo(SHORTEST_MAXIMUM) < 0 || maxSessionDuration.compareTo(LONGEST_MAXIMUM) > 0) {
            throw new IllegalArgumentException("MaxSessionDuration is 1 to 12 hours, not " + maxSessionDuration);
        }
        trusts = List.copyOf(trusts);
        withheld = Set.copyOf(withheld);
    }

    public static StsRole of(String arn, Duration maxSessionDuration, Trust... trusts) {
        return new StsRole(arn, maxSessionDuration, List.of(trusts), Set.of());
    }

    /** The same role, whose trust policy lacks these actions. */
    public StsRole withholding(String... actions) {
        return new StsRole(arn, maxSessionDuration, trusts, Set.of(actions));
    }

    Arn name() {
        return Arn.require(arn, "role");
    }

    boolean trustsSaml(String providerArn) {
        return trusts.contains(Trust.saml(providerArn));
    }

    boolean trustsWebIdentity(WebIdentity identity) {
        return trusts.stream()
                .anyMatch(trust -> trust instanceof Trust.WebIdentity(var issuer, var conditions)
                        && issuer.equals(identity.issuer())
                        && conditions.test(identity.claims()));
    }

    boolean trustsCaller(AccessKey key, Optional<String> externalId) {
        return trusts.stream()
                .anyMatch(trust -> trust instanceof Trust.Caller(var caller, var required)
                        && (caller.equals(key.id()) || caller.equals(key.principalArn()))
                        && (required.isEmpty() || required.equals(externalId)));
    }
}
