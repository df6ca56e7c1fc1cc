package dev.credbroker.saml;

import java.util.Locale;

/** Why metadata or a certificate of a provider cannot be used. */
public enum MetadataFailure {
    UNREACHABLE("cannot be reached"),
    TIMEOUT("did not arrive within 5 seconds"),
    STATUS("was not answered with 200; redirects are not followed"),
    BODY("broke off, or is longer than 1 MiB"),
    NOT_METADATA("is not SAML metadata in well-formed XML of UTF-8 without a document type"),
    OTHER_ENTITY(
            "does not describe exactly one SAML 2.0 identity provider, of the configured entity-id if there is one"),
    EXPIRED("has expired (validUntil)"),
    NO_SIGNING_CERTIFICATE("has no signing certificate"),
    UNPARSABLE_CERTIFICATE("has a certificate that cannot be parsed"),
    WEAK_KEY("has a key that is not RSA of at least 2048 or EC of at least 256 bits"),
    TOO_MANY_KEYS("has more than three different signing keys");

    private final String advice;

    MetadataFailure(String advice) {
        this.advice = advice;
    }

    /** As health and meters write it, such as {@code weak-key}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The predicate of a sentence about the metadata, for the operator. */
    String advice() {
        return advice;
    }
}
