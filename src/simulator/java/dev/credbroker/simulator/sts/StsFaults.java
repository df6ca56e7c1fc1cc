package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Fault;

/** Faults in STS's own words, for {@link SimulatedSts#faults()}. */
public final class StsFaults {

    private static final String REQUEST_ID = "00000000-0000-4000-8000-000000000000";

    private StsFaults() {}

    public static Fault error(StsError error) {
        return new Fault.Instead(error.code(), error.reply(REQUEST_ID));
    }

    /** HTTP 400, as STS throttles. */
    public static Fault throttling() {
        return error(StsError.throttling());
    }

    public static Fault internalFailure() {
        return error(StsError.internalFailure());
    }

    public static Fault serviceUnavailable() {
        return error(StsError.serviceUnavailable());
    }

    public static Fault idpCommunication() {
        return error(StsError.idpCommunication());
    }

    public static Fault verificationKeyNotRetrieved() {
        return error(StsError.verificationKeyNotRetrieved());
    }

    public static Fault regionDisabled() {
        return error(StsError.regionDisabled());
    }
}
