package dev.credbroker.saml;

import java.util.Optional;

/**
 * Ends a check at its first failure. Never leaves this package: {@link AssertionChecker} turns it into
 * {@link AssertionCheck.Rejected}. It carries neither text of the assertion nor a stack.
 */
final class FlawedAssertion extends Exception {

    private final AssertionFlaw flaw;

    FlawedAssertion(AssertionFlaw flaw) {
        super(flaw.text(), null, false, false);
        this.flaw = flaw;
    }

    AssertionCheck.Rejected rejected(Optional<String> provider) {
        return new AssertionCheck.Rejected(flaw, provider);
    }

    AssertionFlaw flaw() {
        return flaw;
    }

    /** The guard clause of every check. */
    static void unless(boolean sound, AssertionFlaw flaw) throws FlawedAssertion {
        if (!sound) {
            throw new FlawedAssertion(flaw);
        }
    }
}
