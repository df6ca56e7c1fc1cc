package dev.credbroker.saml;

import java.util.Locale;

/**
 * Why a SAML response is not believed: the first check that failed, in the order of the checks.
 *
 * <p>For audit and meters only. A caller learns whether it was {@link #malformed()}, and nothing else.
 */
public enum AssertionFlaw {
    // What can be seen without knowing anybody: the text.
    TOO_LONG(true),
    NOT_BASE64(true),
    NOT_XML(true),

    // The structure, before any cryptography.
    FORBIDDEN_NODE,
    TOO_COMPLEX,
    SCHEMA_INSTANCE,
    NOT_A_RESPONSE,
    UNEXPECTED_CONTENT,
    ASSERTION_COUNT,
    ENCRYPTED,
    STATUS,
    ID,
    SIGNATURE_PLACE,
    SIGNATURE_CONTENT,
    SIGNED_INFO_CONTENT,
    CANONICALIZATION,
    SIGNATURE_METHOD,
    REFERENCE,
    TRANSFORMS,
    DIGEST,

    // Who signed it.
    UNKNOWN_ISSUER,
    ASSERTION_UNSIGNED,
    SIGNATURE,
    SIGNED_CONTENT,

    // What it says.
    VERSION,
    ISSUER,
    TIME_FORMAT,
    ISSUED_IN_FUTURE,
    CONDITIONS,
    NOT_YET_VALID,
    AUDIENCE,
    ONE_TIME_USE,
    NAME_ID,
    SUBJECT_CONFIRMATION,
    RECIPIENT,
    AUTHENTICATION,
    AUTHENTICATION_CONTEXT,
    DESTINATION,
    IN_RESPONSE_TO,
    DUPLICATE_ATTRIBUTE,
    SEVERAL_VALUES,
    SESSION_DURATION,

    /** A failure that no check foresaw. The response is refused all the same. */
    UNFORESEEN;

    private final boolean malformed;

    AssertionFlaw() {
        this(false);
    }

    AssertionFlaw(boolean malformed) {
        this.malformed = malformed;
    }

    /** Whether the text was no XML in base64 at all: a request to be corrected, rather than a proof not believed. */
    public boolean malformed() {
        return malformed;
    }

    /** As audit and meters write it, such as {@code not-base64}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
