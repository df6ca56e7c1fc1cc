package dev.credbroker.outcome;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.credbroker.session.DurationLimit;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RefusalTest {

    static Stream<Arguments> families() {
        return Stream.of(
                arguments(new Refusal.Malformed("no-role", "say which"), "InvalidRequest", "no-role"),
                arguments(new Refusal.InvalidDuration("duration", "say a number"), "InvalidDuration", "duration"),
                arguments(
                        new Refusal.DurationExceedsMaximum(3600, DurationLimit.STS),
                        "DurationExceedsMaximum",
                        "duration-exceeds-sts"),
                arguments(new Refusal.PackedPolicyTooLarge(), "PackedPolicyTooLarge", "packed-policy-too-large"),
                arguments(new Refusal.Unverified("signature"), "InvalidToken", "signature"),
                arguments(new Refusal.TokenExpired("expired"), "TokenExpired", "expired"),
                arguments(new Refusal.RoleNotPermitted("unknown-role"), "RoleNotPermitted", "unknown-role"),
                arguments(new Refusal.DeniedBySts(), "AccessDenied", "denied-by-sts"),
                arguments(new Refusal.Throttled(Duration.ofSeconds(2)), "ThrottlingException", "throttled"),
                arguments(new Refusal.Unavailable("sts", Duration.ofSeconds(2)), "ServiceUnavailable", "sts"),
                arguments(new Refusal.OperatorFault("region-disabled"), "InternalError", "region-disabled"));
    }

    @ParameterizedTest
    @MethodSource("families")
    void refusal_ofAFamily_hasItsStableCodeAndItsReason(Refusal refusal, String code, String reason) {
        assertThat(refusal.code()).isEqualTo(code);
        assertThat(refusal.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ROLE, duration-exceeds-role",
        "ROLE_CHAINING, duration-exceeds-role-chaining",
        "ASSERTION, duration-exceeds-assertion",
        "TOKEN, duration-exceeds-token",
        "AWS, duration-exceeds-aws",
        "STS, duration-exceeds-sts"
    })
    void excess_namesWhatSetsTheLimit(DurationLimit limit, String reason) {
        assertThat(new Refusal.DurationExceedsMaximum(3600, limit).reason()).isEqualTo(reason);
    }
}
