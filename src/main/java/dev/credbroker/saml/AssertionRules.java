package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.AUDIENCE;
import static dev.credbroker.saml.AssertionFlaw.AUTHENTICATION;
import static dev.credbroker.saml.AssertionFlaw.AUTHENTICATION_CONTEXT;
import static dev.credbroker.saml.AssertionFlaw.CONDITIONS;
import static dev.credbroker.saml.AssertionFlaw.DESTINATION;
import static dev.credbroker.saml.AssertionFlaw.IN_RESPONSE_TO;
import static dev.credbroker.saml.AssertionFlaw.ISSUED_IN_FUTURE;
import static dev.credbroker.saml.AssertionFlaw.ISSUER;
import static dev.credbroker.saml.AssertionFlaw.NOT_YET_VALID;
import static dev.credbroker.saml.AssertionFlaw.RECIPIENT;
import static dev.credbroker.saml.FlawedAssertion.unless;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether what a signed assertion says suits this broker: is it from this provider, for somebody whom this broker serves, and for now?
 *
 * <p>The clock skew is granted on each side of a time; at exactly that distance a beginning has been reached and an end is over.
 */
final class AssertionRules {

    private final ProviderSettings settings;
    private final Instant now;
    private final Instant earliestNow;
    private final Instant latestNow;

    AssertionRules(ProviderSettings settings, Instant now) {
        this.settings = settings;
        this.now = now;
        this.earliestNow = now.minus(settings.clockSkew());
        this.latestNow = now.plus(settings.clockSkew());
    }

    /** Everything but the ends of validity, for which see {@link #expired}. */
    Addressee check(SignedResponse response, Statement statement) throws FlawedAssertion {
        checkIssuer(response, statement);
        unless(begun(statement.issueInstant()), ISSUED_IN_FUTURE);
        checkBeginning(statement);
        Addressee addressee = addressee(statement);
        unless(statement.authenticationInstants().allMatch(this::begun), AUTHENTICATION);
        unless(statement.authenticationContexts().allMatch(settings.signIn()::allow), AUTHENTICATION_CONTEXT);
        checkDestination(response, addressOf(addressee));
        checkInResponseTo(response, statement, addressee);
        return addressee;
    }

    /** Whether the time is over: of the assertion, of the sign-in, of the session at the provider, or, for the broker, of freshness. */
    boolean expired(Statement statement, Addressee addressee) {
        boolean tooOld = addressee == Addressee.BROKER
                && statement.issueInstant().plus(settings.maxAssertionAge()).isBefore(earliestNow);
        // Sessions must not outlive the one at the provider, so no skew is granted to that.
        boolean signedOut = statement
                .sessionNotOnOrAfter()
                .filter(end -> !now.isBefore(end))
                .isPresent();
        return tooOld || signedOut || signedInTooLongAgo(statement) || !earliestNow.isBefore(statement.notOnOrAfter());
    }

    private boolean signedInTooLongAgo(Statement statement) {
        Optional<Duration> maxAge = settings.signIn().maxAge();
        return maxAge.isPresent()
                && statement
                        .authenticationInstants()
                        .anyMatch(instant -> instant.plus(maxAge.get()).isBefore(earliestNow));
    }

    private void checkIssuer(SignedResponse response, Statement statement) throws FlawedAssertion {
        unless(settings.entityId().equals(Optional.of(statement.issuer())), ISSUER);
        if (response.envelopeIssuer().isPresent()) {
            String outer = StatementReader.issuer(response.envelopeIssuer().get());
            unless(settings.entityId().equals(Optional.of(outer)), ISSUER);
        }
    }

    private void checkBeginning(Statement statement) throws FlawedAssertion {
        Optional<Instant> beginning = statement.notBefore();
        if (beginning.isPresent()) {
            boolean emptySpan = statement
                    .conditionsNotOnOrAfter()
                    .filter(end -> !beginning.get().isBefore(end))
                    .isPresent();
            unless(!emptySpan, CONDITIONS);
            unless(begun(beginning.get()), NOT_YET_VALID);
        }
    }

    /**
     * For whom it is: all restrictions of the audience name them (Core 2.5.1.4), and the confirmation's recipient is
     * theirs. Never two: the configuration sees to it that AWS and the broker share no recipient.
     */
    private Addressee addressee(Statement statement) throws FlawedAssertion {
        List<Addressee> named = Arrays.stream(Addressee.values())
                .filter(addressee -> settings.addresses().containsKey(addressee))
                .filter(addressee -> statement.audiences().stream()
                        .allMatch(audiences ->
                                audiences.stream().anyMatch(addressOf(addressee).audience())))
                .toList();
        unless(!named.isEmpty(), AUDIENCE);
        Optional<Addressee> received = named.stream()
                .filter(addressee -> addressOf(addressee)
                        .recipient()
                        .test(statement.confirmation().recipient()))
                .findFirst();
        unless(received.isPresent(), RECIPIENT);
        return received.get();
    }

    /** Where the response was sent (Core 3.2.2); a signed response must say so (Bindings 3.5.5.2). */
    private static void checkDestination(SignedResponse response, Address address) throws FlawedAssertion {
        Optional<String> destination = response.destination();
        unless(destination.isPresent() || !response.envelopeSigned(), DESTINATION);
        unless(destination.isEmpty() || address.recipient().test(destination.get()), DESTINATION);
    }

    /**
     * The broker asks no provider anything, so there is no request to compare with. But what is meant for the broker
     * must not say two things about it (Profiles 4.1.4.3); what is meant for AWS, AWS judges. The operator may want nothing that
     * answers a request at all (Profiles 4.1.5).
     */
    private void checkInResponseTo(SignedResponse response, Statement statement, Addressee addressee)
            throws FlawedAssertion {
        Optional<String> outer = response.inResponseTo();
        Optional<String> inner = statement.confirmation().inResponseTo();
        unless(addressee == Addressee.AWS || outer.equals(inner), IN_RESPONSE_TO);
        unless(!settings.signIn().unsolicitedOnly() || (outer.isEmpty() && inner.isEmpty()), IN_RESPONSE_TO);
    }

    private Address addressOf(Addressee addressee) {
        return Objects.requireNonNull(settings.addresses().get(addressee));
    }

    private boolean begun(Instant beginning) {
        return !beginning.isAfter(latestNow);
    }
}
