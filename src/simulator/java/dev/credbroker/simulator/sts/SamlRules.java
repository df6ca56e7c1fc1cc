package dev.credbroker.simulator.sts;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.w3c.dom.Element;

/** What STS demands of a genuine assertion before it looks at any role. No clock skew is granted. */
final class SamlRules {

    /** Counted from {@code IssueInstant}: at exactly five minutes it can still be redeemed. */
    private static final Duration FRESHNESS = Duration.ofMinutes(5);

    /** The commercial forms, and those of GovCloud and China; which partition takes which is not told apart. */
    private static final List<String> AUDIENCES = List.of(
            "urn:amazon:webservices",
            "urn:amazon:webservices:govcloud",
            "urn:amazon:webservices:cn-north-1",
            "https://signin.aws.amazon.com/saml");

    private static final Pattern RECIPIENT = Pattern.compile(
            "https://([a-z0-9-]+\\.)?signin\\.(aws\\.amazon\\.com|amazonaws-us-gov\\.com|amazonaws\\.cn)(/static)?/saml");

    private final SamlAssertion assertion;
    private final Instant now;

    SamlRules(SamlAssertion assertion, Instant now) {
        this.assertion = assertion;
        this.now = now;
    }

    void check(SamlProvider provider) {
        if (!assertion.issuer().equals(provider.entityId())) {
            throw invalid("Issuer not present in specified provider");
        }
        if (assertion.audiences().stream().noneMatch(AUDIENCES::contains)) {
            throw invalid("Response does not contain the required audience");
        }
        if (!RECIPIENT.matcher(assertion.recipient()).matches()) {
            throw invalid("Response does not contain the required recipient");
        }
        checkTimes();
    }

    private void checkTimes() {
        if (now.isAfter(assertion.issueInstant().plus(FRESHNESS))) {
            throw expired("Token must be redeemed within 5 minutes of issuance");
        }
        Element conditions = assertion.conditions();
        if (SamlAssertion.time(conditions, "NotBefore").filter(now::isBefore).isPresent()) {
            throw invalid("Assertion is not yet valid");
        }
        Optional<Instant> confirmed = SamlAssertion.time(assertion.confirmationData(), "NotOnOrAfter");
        if (confirmed.isEmpty()) {
            throw invalid("SubjectConfirmationData has no NotOnOrAfter");
        }
        if (over(confirmed)
                || over(SamlAssertion.time(conditions, "NotOnOrAfter"))
                || over(assertion.sessionNotOnOrAfter())) {
            throw expired("Assertion has expired");
        }
    }

    private boolean over(Optional<Instant> notOnOrAfter) {
        return notOnOrAfter.filter(end -> !now.isBefore(end)).isPresent();
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.invalidIdentityToken(message));
    }

    private static StsRejection expired(String message) {
        return new StsRejection(StsError.expiredIdentityToken(message));
    }
}
