package dev.credbroker.simulator.sts;

import static dev.credbroker.simulator.World.KEY;
import static dev.credbroker.simulator.World.OIDC_ROLE;
import static dev.credbroker.simulator.sts.StsAssertions.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.Wire;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.Gate;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.IdpCommunicationErrorException;
import software.amazon.awssdk.services.sts.model.RegionDisabledException;

/** Faults, records and what is told, for all operations alike. */
class SimulatedStsTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @RegisterExtension
    static final World WORLD = new World();

    private final FaultScript faults = WORLD.sts().faults();

    @Test
    void throttling_nextTwo_isA400AndThenOver() {
        faults.next(2, StsFaults.throttling());

        refused(SimulatedStsTest::call, 400, "Throttling", "Rate exceeded");
        refused(SimulatedStsTest::call, 400, "Throttling", "Rate exceeded");
        assertThatCode(SimulatedStsTest::call).doesNotThrowAnyException();
    }

    @Test
    void serverErrors_scripted_haveTheirStatus() {
        faults.next(1, StsFaults.internalFailure());
        faults.next(1, StsFaults.serviceUnavailable());

        refused(SimulatedStsTest::call, 500, "InternalFailure");
        refused(SimulatedStsTest::call, 503, "ServiceUnavailable");
    }

    @Test
    void idpErrors_scripted_areModelledBySdk() {
        faults.next(1, StsFaults.idpCommunication());
        faults.next(1, StsFaults.verificationKeyNotRetrieved());

        assertThatThrownBy(SimulatedStsTest::call).isInstanceOf(IdpCommunicationErrorException.class);
        refused(SimulatedStsTest::call, 400, "InvalidIdentityToken", "Couldn't retrieve verification key");
    }

    @Test
    void anyError_scripted_isSentAsItIs() {
        faults.next(1, StsFaults.regionDisabled());
        faults.next(1, StsFaults.error(StsError.idpRejectedClaim()));
        faults.next(1, StsFaults.error(new StsError(418, "Teapot", "short & <stout>")));

        assertThatThrownBy(SimulatedStsTest::call).isInstanceOf(RegionDisabledException.class);
        refused(SimulatedStsTest::call, 403, "IDPRejectedClaim");
        refused(SimulatedStsTest::call, 418, "Teapot", "short & <stout>");
    }

    @Test
    void cut_connection_isAClientsException() {
        faults.next(1, Fault.cut());

        assertThatThrownBy(SimulatedStsTest::call).isInstanceOf(SdkClientException.class);
        assertThat(lastCall().outcome()).isEqualTo("Cut");
    }

    @Test
    void truncated_answer_isNotUnderstood() {
        faults.next(1, Fault.truncate());

        assertThatThrownBy(SimulatedStsTest::call).isInstanceOf(SdkClientException.class);
    }

    @Test
    void stalled_answer_runsIntoTheClientsTimeout() {
        int before = WORLD.sts().answered();
        faults.next(1, Fault.stall());

        assertThatThrownBy(() -> WORLD.withToken(
                        WORLD.token().sign(),
                        request -> request.overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(300)))))
                .isInstanceOf(ApiCallTimeoutException.class);
        WORLD.sts().awaitCalls(before + 1, SOON);
    }

    @Test
    void delay_longerThanTheClientWaits_isATimeout() {
        int before = WORLD.sts().answered();
        faults.next(1, Fault.delay(Duration.ofMillis(300)));

        assertThatThrownBy(() -> WORLD.withToken(
                        WORLD.token().sign(),
                        request -> request.overrideConfiguration(c -> c.apiCallTimeout(Duration.ofMillis(100)))))
                .isInstanceOf(ApiCallTimeoutException.class);

        assertThat(WORLD.sts().awaitCalls(before + 1, SOON).getLast().succeeded())
                .as("STS does not know that nobody waits any more")
                .isTrue();
    }

    @Test
    void hold_ofManyRequests_keepsThemAllUntilTheGateOpens() {
        int before = WORLD.sts().arrivals();
        int answered = WORLD.sts().answered();
        Gate gate = faults.hold();
        List<CompletableFuture<AssumeRoleWithWebIdentityResponse>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(CompletableFuture.supplyAsync(SimulatedStsTest::call, Thread::startVirtualThread));
            WORLD.sts().awaitArrivals(before + i + 1, SOON);
        }

        assertThat(WORLD.sts().answered()).isEqualTo(answered);
        gate.open();
        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(SOON));
        assertThat(WORLD.sts().answered()).isEqualTo(answered + 10);
    }

    @Test
    void awaitCalls_thatNeverCome_saysHowManyCame() {
        assertThatThrownBy(() -> WORLD.sts().awaitCalls(1_000_000, Duration.ofMillis(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("of 1000000 calls");
    }

    @Test
    void calls_ofASignedOperation_tellAll() {
        AssumeRoleResponse answer = WORLD.assumeRole(request -> request.durationSeconds(900));

        StsCall call = lastCall();

        assertThat(call.action()).isEqualTo("AssumeRole");
        assertThat(call.signed()).isTrue();
        assertThat(call.accessKeyId()).hasValue(KEY.accessKeyId());
        assertThat(call.region()).hasValue("eu-west-1");
        assertThat(call.parameter("DurationSeconds")).hasValue("900");
        assertThat(call.succeeded()).isTrue();
        assertThat(call.issuedAccessKeyId()).hasValue(answer.credentials().accessKeyId());
        assertThat(call.at()).isEqualTo(TestClock.START);
    }

    @Test
    void calls_ofAnUnsignedOperation_haveNoKey() {
        call();

        assertThat(lastCall().signed()).isFalse();
        assertThat(lastCall().region()).isEmpty();
        assertThat(lastCall().toString()).isEqualTo("AssumeRoleWithWebIdentity Success");
    }

    @Test
    void calls_thatWereRefusedOrFailed_haveTheirCode() {
        refused(() -> WORLD.withToken(WORLD.token().audience("other")), 400, "InvalidIdentityToken");
        assertThat(lastCall().outcome()).isEqualTo("InvalidIdentityToken");
        assertThat(lastCall().issuedAccessKeyId()).isEmpty();

        faults.next(1, StsFaults.throttling());
        refused(SimulatedStsTest::call, 400, "Throttling");
        assertThat(lastCall().outcome()).isEqualTo("Throttling");
    }

    @Test
    void forgetCalls_afterSome_keepsTheCounters() {
        call();
        int arrivals = WORLD.sts().arrivals();

        WORLD.sts().forgetCalls();

        assertThat(WORLD.sts().calls()).isEmpty();
        assertThat(WORLD.sts().answered()).isEqualTo(arrivals);
        assertThat(WORLD.sts().arrivals()).isEqualTo(arrivals);
        assertThatCode(() -> WORLD.sts().awaitCalls(arrivals, SOON)).doesNotThrowAnyException();
    }

    @Test
    void calls_byAction_areOnlyThose() {
        int before = WORLD.sts().calls("AssumeRole").size();

        call();
        WORLD.assumeRole(_ -> {});

        assertThat(WORLD.sts().calls("AssumeRole")).hasSize(before + 1);
    }

    @Test
    void tell_anotherRoleOrExpiration_liesToTheClientOnly() {
        String other = "arn:aws:sts::123456789012:assumed-role/Admin/batch";
        WORLD.sts().tell(session -> session.withAssumedRoleArn(other).withExpiration(Instant.EPOCH));

        AssumeRoleWithWebIdentityResponse lie = call();

        assertThat(lie.assumedRoleUser().arn()).isEqualTo(other);
        assertThat(lie.credentials().expiration()).isEqualTo(Instant.EPOCH);
        WORLD.sts().tellTheTruth();
        assertThat(call().credentials().expiration()).isEqualTo(TestClock.START.plusSeconds(3600));
    }

    @Test
    void action_byGet_isTheSame() throws Exception {
        HttpResponse<String> answer = Wire.get(WORLD.simulator().url()
                + "/?Action=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleSessionName=batch&RoleArn="
                + URLEncoder.encode(OIDC_ROLE, StandardCharsets.UTF_8)
                + "&WebIdentityToken=" + WORLD.token().sign());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/xml");
        assertThat(answer.headers().firstValue("x-amzn-RequestId")).isPresent();
        assertThat(answer.body())
                .startsWith("<AssumeRoleWithWebIdentityResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\">")
                .contains("<Expiration>2026-11-24T13:00:00Z</Expiration>");
    }

    @Test
    void action_unknown_isInvalid() throws Exception {
        HttpResponse<String> answer = Wire.post(WORLD.simulator().url(), "Action=Dance");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("<Error><Type>Sender</Type><Code>InvalidAction</Code>")
                .contains("<RequestId>");
    }

    @Test
    void parameter_missing_isInvalid() throws Exception {
        assertThat(Wire.post(WORLD.simulator().url(), "Action=AssumeRoleWithWebIdentity")
                        .body())
                .contains("<Code>ValidationError</Code>")
                .contains("Value null at 'roleArn'");
    }

    @Test
    void durationSeconds_thatIsText_isMalformed() throws Exception {
        assertThat(Wire.post(
                                WORLD.simulator().url(),
                                "Action=AssumeRoleWithWebIdentity&RoleArn=" + OIDC_ROLE
                                        + "&RoleSessionName=batch&WebIdentityToken=token&DurationSeconds=1h")
                        .body())
                .contains("<Code>MalformedInput</Code>");
    }

    @Test
    void role_withAnImpossibleMaximum_isNotToBeRegistered() {
        assertThatThrownBy(() -> StsRole.of(OIDC_ROLE, Duration.ofSeconds(3599)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> StsRole.of(OIDC_ROLE, Duration.ofSeconds(43_201)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatCode(() -> StsRole.of(OIDC_ROLE, Duration.ofHours(12))).doesNotThrowAnyException();
    }

    private static AssumeRoleWithWebIdentityResponse call() {
        return WORLD.withToken(WORLD.token());
    }

    private static StsCall lastCall() {
        return WORLD.sts().calls().getLast();
    }
}
