package dev.credbroker.oidc;

/** Keys that could not be fetched. Carries no text of the server's: {@link IssuerKeys} keeps the kind alone. */
final class KeysFetchException extends Exception {

    private final KeysFailure failure;

    KeysFetchException(KeysFailure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    KeysFailure failure() {
        return failure;
    }
}
