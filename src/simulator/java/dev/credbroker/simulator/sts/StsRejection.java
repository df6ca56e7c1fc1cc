package dev.credbroker.simulator.sts;

/** Carries an error from the rule that was broken to the wire. */
final class StsRejection extends RuntimeException {

    private final transient StsError error;

    StsRejection(StsError error) {
        super(error.code() + ": " + error.message());
        this.error = error;
    }

    StsError error() {
        return error;
    }
}
