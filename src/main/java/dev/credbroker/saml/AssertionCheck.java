package dev.credbroker.saml;

import java.util.Optional;

/** What became of one SAML response. */
public sealed interface AssertionCheck {

    /** Every check passed. */
    record Genuine(CheckedAssertion assertion) implements AssertionCheck {}

    /**
     * Not to be believed.
     *
     * @param flaw the first check that failed: for audit only, the caller is told no more than
     *     {@link AssertionFlaw#malformed()} implies
     * @param provider whose response it claims to be, if that provider is configured
     */
    record Rejected(AssertionFlaw flaw, Optional<String> provider) implements AssertionCheck {}

    /** Every other check passed, signature and audience included, and only the time is over: sign in again. */
    record Expired(String provider) implements AssertionCheck {}

    /** The provider is configured, but there is no usable metadata of it at present: try again later. */
    record MetadataUnavailable(String provider) implements AssertionCheck {}
}
