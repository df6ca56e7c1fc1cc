package dev.credbroker.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.credbroker.aws.SessionDuration;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.sts.ExchangeFailure.Fault;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeRefusalsTest {

    private static final RequestedDuration NAMED = new RequestedDuration.Named(SessionDuration.LONGEST);
    private static final Duration SOON = Duration.ofSeconds(2);

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new ExchangeFailure.Denied(), new Refusal.DeniedBySts()),
                arguments(new ExchangeFailure.ProofRefused(), new Refusal.Unverified("refused-by-sts")),
                arguments(new ExchangeFailure.ProofExpired(), new Refusal.TokenExpired("expired-at-sts")),
                arguments(
                        new ExchangeFailure.DurationRefused(3600, DurationLimit.ROLE_CHAINING),
                        new Refusal.DurationExceedsMaximum(3600, DurationLimit.ROLE_CHAINING)),
                arguments(new ExchangeFailure.PackedPolicyTooLarge(), new Refusal.PackedPolicyTooLarge()),
                arguments(new ExchangeFailure.Throttled(), new Refusal.Throttled(SOON)),
                arguments(new ExchangeFailure.Unavailable(), new Refusal.Unavailable("sts", SOON)));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void of_aFailure_isOneAnswer(ExchangeFailure failure, Refusal expected) {
        assertThat(ExchangeRefusals.of(failure, NAMED)).isEqualTo(expected);
    }

    static Stream<RequestedDuration> notNamed() {
        return Stream.of(new RequestedDuration.Unsaid(), new RequestedDuration.Longest());
    }

    @ParameterizedTest
    @MethodSource("notNamed")
    void of_aRefusedDurationThatNobodyNamed_isTheOperatorsFault(RequestedDuration requested) {
        assertThat(ExchangeRefusals.of(new ExchangeFailure.DurationRefused(3600, DurationLimit.STS), requested))
                .isEqualTo(new Refusal.OperatorFault("longer-than-aws-allows"));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void of_aMisconfiguration_isTheOperatorsFaultByItsName(Fault fault) {
        assertThat(ExchangeRefusals.of(new ExchangeFailure.Misconfigured(fault), NAMED))
                .isEqualTo(new Refusal.OperatorFault(fault.toString()));
    }
}
