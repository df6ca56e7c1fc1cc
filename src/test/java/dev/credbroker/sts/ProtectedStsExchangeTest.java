package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProtectedStsExchangeTest {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final SessionPlan PLAN =
            Plans.webIdentity().region("eu-west-1").plan();
    private static final SessionCredentials CREDENTIALS = new SessionCredentials(
            "ASIATEST", Secret.of("s"), Secret.of("t"), TestClock.START.plusSeconds(3600), "123456789012");

    private final TestTime time = new TestTime();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Deque<ExchangeFailure> script = new ArrayDeque<>();
    private final List<Called> called = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private Duration callTakes = Duration.ZERO;

    private record Called(String region, Duration timeout) {}

    // ---- what is tried again

    @Test
    void exchange_thatSucceeds_isOneCallWithAllTheTime() {
        assertThat(exchange().exchange(PLAN)).isSameAs(CREDENTIALS);

        assertThat(called).containsExactly(new Called("eu-west-1", PATIENCE));
    }

    static Stream<ExchangeFailure> passing() {
        return Stream.of(new Unavailable(), new IssuerUnreachable(), new Throttled());
    }

    @ParameterizedTest
    @MethodSource("passing")
    void trouble_thatPasses_isNotNoticed(ExchangeFailure trouble) {
        script.add(trouble);

        assertThat(exchange().exchange(PLAN)).isSameAs(CREDENTIALS);
        assertThat(called).extracting(Called::region).containsExactly("eu-west-1", "eu-west-1");
        assertThat(pauses).hasSize(1);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void trouble_thatStays_isToldAfterTwoCalls(ExchangeFailure trouble) {
        script.addAll(List.of(trouble, trouble));

        assertThat(failure(exchange(), PLAN)).hasSameClassAs(trouble);
        assertThat(called).hasSize(2);
    }

    static Stream<ExchangeFailure> finals() {
        return Stream.of(new Denied(), new ProofExpired(), new Misconfigured(ExchangeFailure.Fault.REGION_DISABLED));
    }

    @ParameterizedTest
    @MethodSource("finals")
    void refusal_thatIsFinal_isToldAfterOneCall(ExchangeFailure refusal) {
        script.add(refusal);

        assertThat(failure(exchange("eu-central-1"), PLAN)).isEqualTo(refusal);
        assertThat(called).hasSize(1);
    }

    @Test
    void trouble_afterWhichNoTimeIsLeft_isNotTriedAgain() {
        callTakes = PATIENCE.minusMillis(200);
        script.add(new Unavailable());

        assertThat(failure(exchange(), PLAN)).isInstanceOf(Unavailable.class);
        assertThat(called).hasSize(1);
    }

    @Test
    void trouble_afterWhichTimeIsLeft_isTriedAgainWithinIt() {
        callTakes = PATIENCE.minusMillis(201);
        script.add(new Unavailable());

        assertThat(exchange().exchange(PLAN)).isSameAs(CREDENTIALS);
        assertThat(called).extracting(Called::timeout).containsExactly(PATIENCE, Duration.ofMillis(101));
    }

    // ---- other regions

    @Test
    void region_thatDoesNotAnswer_isFollowedByTheNextOfItsPartition() {
        callTakes = Duration.ofSeconds(1);
        script.addAll(List.of(new Unavailable(), new Unavailable()));

        assertThat(exchange("cn-north-1", "eu-central-1", "eu-west-1", "us-west-2")
                        .exchange(PLAN))
                .isSameAs(CREDENTIALS);

        assertThat(called)
                .containsExactly(
                        new Called("eu-west-1", Duration.ofNanos(1_666_666_666)),
                        new Called("eu-central-1", Duration.ofSeconds(2)),
                        new Called("us-west-2", Duration.ofSeconds(3)));
    }

    @Test
    void region_whoseCircuitIsOpen_isPassedOver() {
        StsExchange exchange = exchange("eu-central-1");
        for (int i = 0; i < Circuits.CALLS_TO_TELL; i++) {
            script.add(new Unavailable());
            var _ = exchange.exchange(PLAN);
        }
        called.clear();

        assertThat(exchange.exchange(PLAN)).isSameAs(CREDENTIALS);

        assertThat(called).extracting(Called::region).containsExactly("eu-central-1");
    }

    // ---- the circuit

    @Test
    void region_thatDoesNotAnswerFiveTimes_isLeftAloneAndSaysForHowLong() {
        StsExchange exchange = brokenFiveTimes();

        assertThat(failure(exchange, PLAN)).isEqualTo(new Unavailable(Circuits.PAUSE));

        assertThat(called).isEmpty();
        assertThat(heldBack("circuit"))
                .as("this one, and the second try before it")
                .isEqualTo(2);
    }

    @Test
    void region_thatIsLeftAlone_isAskedAgainAfterThePause() {
        StsExchange exchange = brokenFiveTimes();
        time.advance(Circuits.PAUSE.minusMillis(110));
        assertThat(failure(exchange, PLAN)).isInstanceOf(Unavailable.class);
        time.advance(Duration.ofMillis(20));

        assertThat(exchange.exchange(PLAN)).isSameAs(CREDENTIALS);
        assertThat(exchange.exchange(PLAN)).isSameAs(CREDENTIALS);
        assertThat(exchange.exchange(PLAN))
                .as("after two good calls all is well")
                .isSameAs(CREDENTIALS);
    }

    @Test
    void region_thatIsStillDown_isLeftAloneAgain() {
        StsExchange exchange = brokenFiveTimes();
        time.advance(Circuits.PAUSE);
        script.addAll(List.of(new Unavailable(), new Unavailable()));
        assertThat(failure(exchange, PLAN)).isInstanceOf(Unavailable.class);
        called.clear();

        assertThat(failure(exchange, PLAN)).isEqualTo(new Unavailable(Circuits.PAUSE));
        assertThat(called).isEmpty();
    }

    static Stream<ExchangeFailure> answers() {
        return Stream.of(new Denied(), new Throttled(), new IssuerUnreachable(), new ProofExpired());
    }

    @ParameterizedTest
    @MethodSource("answers")
    void region_thatAnswersNo_isAskedOnAndOn(ExchangeFailure no) {
        StsExchange exchange = exchange();
        for (int i = 0; i < 30; i++) {
            script.add(no);
            var _ = catchThrowableOfType(ExchangeFailed.class, () -> exchange.exchange(PLAN));
            time.advance(Duration.ofSeconds(1));
        }
        script.clear();

        assertThat(exchange.exchange(PLAN)).isSameAs(CREDENTIALS);
    }

    @Test
    void region_thatIsDown_leavesOthersAlone() {
        StsExchange exchange = brokenFiveTimes();

        assertThat(exchange.exchange(Plans.webIdentity().region("us-west-2").plan()))
                .isSameAs(CREDENTIALS);
    }

    /** What STS cannot answer in time since an issuer is slow is no fault of the region. */
    @Test
    void issuer_thatIsSlow_takesTheRegionFromItsOwnTokensOnly() {
        StsExchange exchange = brokenFiveTimes();

        assertThat(exchange.exchange(Plans.webIdentity()
                        .provider("other", "https://other.example.com")
                        .region("eu-west-1")
                        .plan()))
                .isSameAs(CREDENTIALS);
        assertThat(exchange.exchange(Plans.saml().region("eu-west-1").plan())).isSameAs(CREDENTIALS);
        assertThat(exchange.exchange(Plans.assumeRole().region("eu-west-1").plan()))
                .isSameAs(CREDENTIALS);
    }

    @Test
    void region_thatDoesNotAnswerRolesOfTheBrokersOwn_isLeftAloneByAllProviders() {
        StsExchange exchange = exchange();
        SessionPlan own = Plans.assumeRole().region("eu-west-1").plan();
        for (int i = 0; i < 3; i++) {
            script.addAll(List.of(new Unavailable(), new Unavailable()));
            var _ = catchThrowableOfType(ExchangeFailed.class, () -> exchange.exchange(own));
        }
        script.clear();

        assertThat(failure(exchange, Plans.saml().region("eu-west-1").plan()))
                .isEqualTo(new Unavailable(Circuits.PAUSE));
    }

    // ---- the budget

    @Test
    void account_thatIsOverItsBudget_isToldWhenToComeBackWithoutACall() {
        StsExchange exchange = exchange(1, 1, Duration.ofMillis(100));
        var _ = exchange.exchange(PLAN);

        assertThat(failure(exchange, PLAN)).isEqualTo(new Throttled(Duration.ofSeconds(1)));

        assertThat(called).hasSize(1);
        assertThat(heldBack("budget")).isOne();
    }

    /** A quarter of what there is: others may come between, and a refusal that comes late helps nobody. */
    @Test
    void turn_expectedWithinAQuarterOfTheTime_isWaitedFor() throws Exception {
        StsExchange exchange = exchange(1, 1, Duration.ofSeconds(4));
        var _ = exchange.exchange(PLAN);
        CompletableFuture<SessionCredentials> second =
                CompletableFuture.supplyAsync(() -> exchange.exchange(PLAN), Thread.ofVirtual()::start);
        while (!time.isAwaited() && !second.isDone()) {
            Thread.onSpinWait();
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(second.get(30, TimeUnit.SECONDS)).isSameAs(CREDENTIALS);
    }

    @Test
    void turn_expectedLater_isRefusedWithoutWaiting() {
        StsExchange exchange = exchange(1, 1, Duration.ofSeconds(4).minusNanos(4));
        var _ = exchange.exchange(PLAN);

        assertThat(failure(exchange, PLAN)).isEqualTo(new Throttled(Duration.ofSeconds(1)));

        assertThat(time.isAwaited()).isFalse();
    }

    @Test
    void account_thatIsOverItsBudget_leavesOthersAndOtherRegionsAlone() {
        StsExchange exchange = exchange(1, 1, Duration.ofMillis(100));
        var _ = exchange.exchange(PLAN);

        assertThat(exchange.exchange(Plans.webIdentity()
                        .role("arn:aws:iam::210987654321:role/other")
                        .region("eu-west-1")
                        .plan()))
                .isSameAs(CREDENTIALS);
        assertThat(exchange.exchange(Plans.webIdentity().region("us-west-2").plan()))
                .isSameAs(CREDENTIALS);
    }

    @Test
    void rolesOfManyAccounts_assumedByTheBroker_countTogether() {
        StsExchange exchange = exchange(1, 1, Duration.ofMillis(100));
        var _ = exchange.exchange(
                Plans.assumeRole().role("arn:aws:iam::123456789012:role/one").plan());

        assertThat(failure(
                        exchange,
                        Plans.assumeRole()
                                .role("arn:aws:iam::210987654321:role/other")
                                .plan()))
                .isInstanceOf(Throttled.class);
    }

    @Test
    void account_thatIsOverItsBudget_opensNoCircuit() {
        StsExchange exchange = exchange(1, 1, Duration.ofMillis(100));
        for (int i = 0; i < 30; i++) {
            var _ = catchThrowableOfType(ExchangeFailed.class, () -> exchange.exchange(PLAN));
        }
        time.advance(Duration.ofSeconds(1));

        assertThat(exchange.exchange(PLAN)).isSameAs(CREDENTIALS);
    }

    private StsExchange brokenFiveTimes() {
        StsExchange exchange = exchange();
        for (int i = 0; i < Circuits.CALLS_TO_TELL; i++) {
            script.add(new Unavailable());
        }
        for (int i = 0; i < 3; i++) {
            var _ = catchThrowableOfType(ExchangeFailed.class, () -> exchange.exchange(PLAN));
        }
        assertThat(called).hasSize(Circuits.CALLS_TO_TELL);
        called.clear();
        return exchange;
    }

    private StsExchange exchange(String... fallbacks) {
        return exchange(64, 1000, PATIENCE, fallbacks);
    }

    private StsExchange exchange(int concurrency, int perSecond, Duration patience, String... fallbacks) {
        return new ProtectedStsExchange(
                new Gate(this::call, new Lanes(concurrency, perSecond, time, time), new Circuits(time), registry),
                Stream.of(fallbacks).map(AwsRegion::new).toList(),
                patience,
                time,
                pause -> {
                    pauses.add(pause);
                    time.advance(pause);
                });
    }

    private SessionCredentials call(SessionPlan plan, Duration timeout) {
        called.add(new Called(plan.spec().region().name(), timeout));
        assertThat(plan.key()).isEqualTo(plan.in(new AwsRegion("us-east-1")).key());
        time.advance(callTakes);
        ExchangeFailure failure = script.poll();
        if (failure != null) {
            throw new ExchangeFailed(failure);
        }
        return CREDENTIALS;
    }

    private static ExchangeFailure failure(StsExchange exchange, SessionPlan plan) {
        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> exchange.exchange(plan));
        assertThat(failed).as("no session").isNotNull();
        return failed.failure();
    }

    private double heldBack(String reason) {
        return registry.get(Meters.STS_HELD_BACK)
                .tags(Meters.REGION, "eu-west-1", Meters.REASON, reason)
                .counter()
                .count();
    }
}
