package dev.credbroker.saml;

/** Metadata, or a certificate, that cannot be used. Never leaves this package. */
final class UnusableMetadata extends Exception {

    private final MetadataFailure failure;

    UnusableMetadata(MetadataFailure failure) {
        super(failure.text(), null, false, false);
        this.failure = failure;
    }

    MetadataFailure failure() {
        return failure;
    }
}
