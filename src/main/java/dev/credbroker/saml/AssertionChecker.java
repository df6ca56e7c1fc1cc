package dev.credbroker.saml;

import static dev.credbroker.saml.AssertionFlaw.UNFORESEEN;
import static dev.credbroker.saml.AssertionFlaw.UNKNOWN_ISSUER;

import dev.credbroker.secret.Secret;
import java.security.PublicKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Judges SAML responses: is this assertion genuine, and for whom was it made?
 *
 * <p>From memory only: it never waits for a network, and takes well under a millisecond of CPU. Never throws, whatever
 * it is given. Nothing is remembered from one call to the next. May be used by many threads.
 */
public final class AssertionChecker {

    private final SignatureVerifier signatures = SignatureVerifier.ofJdk();
    private final SamlProviders providers;
    private final InstantSource clock;

    public AssertionChecker(SamlProviders providers, InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
    }

    /** @param samlResponse base64 of a whole {@code samlp:Response}, as the HTTP-POST binding carries it (Bindings 3.5.4) */
    public AssertionCheck check(Secret samlResponse) {
        try {
            return checkClaimed(ReceivedResponse.read(samlResponse));
        } catch (FlawedAssertion e) {
            return e.rejected(Optional.empty());
        } catch (RuntimeException | StackOverflowError e) {
            return new AssertionCheck.Rejected(UNFORESEEN, Optional.empty());
        }
    }

    private AssertionCheck checkClaimed(ReceivedResponse received) throws FlawedAssertion {
        Optional<SamlProvider> provider = providers.issuing(received.claimedIssuer());
        FlawedAssertion.unless(provider.isPresent(), UNKNOWN_ISSUER);
        try {
            return check(received, provider.get());
        } catch (FlawedAssertion e) {
            return e.rejected(Optional.of(provider.get().name()));
        }
    }

    private AssertionCheck check(ReceivedResponse received, SamlProvider provider) throws FlawedAssertion {
        Instant now = clock.instant();
        Optional<List<PublicKey>> keys = provider.keysAt(now);
        if (keys.isEmpty()) {
            return new AssertionCheck.MetadataUnavailable(provider.name());
        }
        SignedResponse signed =
                signatures.verify(received, keys.get(), provider.settings().responseSignatureSuffices());
        Statement statement = StatementReader.read(signed.assertion());
        AssertionRules rules = new AssertionRules(provider.settings(), now);
        Addressee addressee = rules.check(signed, statement);
        CheckedAssertion checked = new CheckedAssertion(provider, statement, addressee);
        return rules.expired(statement, addressee)
                ? new AssertionCheck.Expired(provider.name())
                : new AssertionCheck.Genuine(checked);
    }
}
