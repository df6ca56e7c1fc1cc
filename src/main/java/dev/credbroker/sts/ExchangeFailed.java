package dev.credbroker.sts;

/** STS gave no session. Carries the classified failure and nothing of what STS or the SDK wrote. */
public final class ExchangeFailed extends RuntimeException {

    private final ExchangeFailure failure;

    public ExchangeFailed(ExchangeFailure failure) {
        super(failure.label(), null, false, false);
        this.failure = failure;
    }

    public ExchangeFailure failure() {
        return failure;
    }
}
