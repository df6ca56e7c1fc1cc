package dev.credbroker.simulator.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import software.amazon.awssdk.services.sts.model.StsException;

/** What the SDK made of an error. */
final class StsAssertions {

    private StsAssertions() {}

    static StsException refused(ThrowingCallable call, int status, String code) {
        StsException refusal = catchThrowableOfType(StsException.class, call);

        assertThat(refusal).as("the call is refused").isNotNull();
        assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo(code);
        assertThat(refusal.statusCode()).isEqualTo(status);
        assertThat(refusal.requestId()).isNotBlank();
        return refusal;
    }

    static void refused(ThrowingCallable call, int status, String code, String message) {
        assertThat(refused(call, status, code).awsErrorDetails().errorMessage()).contains(message);
    }
}
