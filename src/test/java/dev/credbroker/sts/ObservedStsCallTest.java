package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.Plans;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.Fault;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ObservedStsCallTest {

    private static final AwsRegion IRELAND = new AwsRegion("eu-west-1");
    private static final SessionCredentials CREDENTIALS = new SessionCredentials(
            "ASIATEST", Secret.of("s"), Secret.of("t"), TestClock.START.plusSeconds(3600), "123456789012");

    private final TestClock clock = new TestClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StsRegions regions = new StsRegions(clock, registry);

    @Test
    void exchange_thatSucceeds_isTimedByOperationRegionAndResult() {
        SessionCredentials given = observed((_, _) -> CREDENTIALS)
                .call(Plans.saml().region("eu-west-1").plan(), Duration.ofSeconds(5));

        assertThat(given).isSameAs(CREDENTIALS);
        assertThat(calls("assume-role-with-saml", "eu-west-1", "success")).isOne();
    }

    @Test
    void exchange_thatFails_isTimedUnderItsLabelAndThrown() {
        assertThatThrownBy(() -> fail(new Throttled())).isInstanceOf(ExchangeFailed.class);

        assertThat(calls("assume-role-with-web-identity", "eu-west-1", "throttled"))
                .isOne();
    }

    @Test
    void exchange_thatBreaks_isTimedAndSaysNothingOfTheRegion() {
        StsCall broken = observed((_, _) -> {
            throw new IllegalStateException("a bug");
        });

        assertThatThrownBy(() -> broken.call(Plans.webIdentity().plan(), Duration.ofSeconds(5)))
                .isInstanceOf(IllegalStateException.class);

        assertThat(calls("assume-role-with-web-identity", "eu-west-1", "broken"))
                .isOne();
        assertThat(regions.states()).isEmpty();
    }

    @Test
    void series_underAHundredThousandSubjectsAndRoles_staySoMany() {
        StsCall call = observed((_, _) -> CREDENTIALS);
        for (int i = 0; i < 100_000; i++) {
            call.call(
                    Plans.assumeRole()
                            .subject("subject-" + i)
                            .sessionName("session-" + i)
                            .role("arn:aws:iam::123456789012:role/role-" + i)
                            .plan(),
                    Duration.ofSeconds(5));
        }

        assertThat(registry.getMeters()).hasSize(2);
        assertThat(calls("assume-role", "eu-west-1", "success")).isEqualTo(100_000);
    }

    static Stream<ExchangeFailure> answers() {
        return Stream.of(
                new Denied(),
                new ProofRefused(),
                new ProofExpired(),
                new DurationRefused(3600, DurationLimit.STS),
                new PackedPolicyTooLarge(),
                new Throttled(),
                new IssuerUnreachable(),
                new Misconfigured(Fault.OWN_CREDENTIALS_REFUSED),
                new Misconfigured(Fault.REGION_DISABLED),
                new Misconfigured(Fault.WRONG_ANSWER));
    }

    @ParameterizedTest
    @MethodSource("answers")
    void region_thatAnswersNo_isReachable(ExchangeFailure no) {
        assertThatThrownBy(() -> fail(no)).isInstanceOf(ExchangeFailed.class);

        assertThat(regions.states()).containsExactly(new RegionState(IRELAND, true, TestClock.START));
        assertThat(gauge("eu-west-1")).isOne();
    }

    @Test
    void region_thatDoesNotAnswer_isNotReachable() {
        assertThatThrownBy(() -> fail(new Unavailable())).isInstanceOf(ExchangeFailed.class);

        assertThat(regions.states()).containsExactly(new RegionState(IRELAND, false, TestClock.START));
        assertThat(gauge("eu-west-1")).isZero();
    }

    @Test
    void region_thatWasNotAskedForWantOfKeys_isUnknown() {
        assertThatThrownBy(() -> fail(new Misconfigured(Fault.OWN_CREDENTIALS_MISSING)))
                .isInstanceOf(ExchangeFailed.class);

        assertThat(regions.states()).isEmpty();
    }

    @Test
    void region_thatFailsAgain_hasBeenUnreachableSinceTheFirstTime() {
        assertThatThrownBy(() -> fail(new Unavailable())).isInstanceOf(ExchangeFailed.class);
        clock.advance(Duration.ofMinutes(1));

        assertThatThrownBy(() -> fail(new Unavailable())).isInstanceOf(ExchangeFailed.class);

        assertThat(regions.states()).containsExactly(new RegionState(IRELAND, false, TestClock.START));
    }

    @Test
    void region_thatComesBack_isReachableSinceThen() {
        assertThatThrownBy(() -> fail(new Unavailable())).isInstanceOf(ExchangeFailed.class);
        clock.advance(Duration.ofMinutes(1));

        observed((_, _) -> CREDENTIALS).call(Plans.webIdentity().plan(), Duration.ofSeconds(5));

        assertThat(regions.states())
                .containsExactly(new RegionState(IRELAND, true, TestClock.START.plus(Duration.ofMinutes(1))));
        assertThat(gauge("eu-west-1")).isOne();
    }

    @Test
    void regions_twoCalled_areToldApart() {
        assertThatThrownBy(() -> fail(new Unavailable())).isInstanceOf(ExchangeFailed.class);

        observed((_, _) -> CREDENTIALS)
                .call(Plans.webIdentity().region("eu-central-1").plan(), Duration.ofSeconds(5));

        assertThat(regions.states())
                .extracting(state -> state.region().name(), RegionState::reachable)
                .containsExactly(tuple("eu-central-1", true), tuple("eu-west-1", false));
    }

    private void fail(ExchangeFailure failure) {
        observed((_, _) -> {
                    throw new ExchangeFailed(failure);
                })
                .call(Plans.webIdentity().plan(), Duration.ofSeconds(5));
    }

    private StsCall observed(StsCall call) {
        return new ObservedStsCall(call, regions, registry);
    }

    private long calls(String operation, String region, String result) {
        return registry.get(Meters.STS_CALLS)
                .tags(Meters.OPERATION, operation, Meters.REGION, region, Meters.RESULT, result)
                .timer()
                .count();
    }

    private double gauge(String region) {
        return registry.get(Meters.STS_REACHABLE)
                .tag(Meters.REGION, region)
                .gauge()
                .value();
    }
}
