package dev.credbroker.saml;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator asks of the sign-in that an assertion tells of, beyond what SAML asks.
 *
 * @param maxAge how long ago it may have been
 * @param contexts by which ways it may have been, as {@code AuthnContextClassRef} names them
 * @param unsolicitedOnly whether it must not be the answer to anybody's request
 */
record SignInRules(Optional<Duration> maxAge, Optional<Set<String>> contexts, boolean unsolicitedOnly) {

    /** Any sign-in will do. */
    static final SignInRules NONE = new SignInRules(Optional.empty(), Optional.empty(), false);

    SignInRules {
        contexts = contexts.map(Set::copyOf);
    }

    /** A way that is not told is none of those. */
    boolean allow(Optional<String> context) {
        return contexts.isEmpty() || context.filter(contexts.get()::contains).isPresent();
    }
}
