package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.credbroker.roles.StsOperation;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.StsError;
import dev.credbroker.simulator.sts.StsFaults;
import dev.credbroker.simulator.sts.Trust;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkClientException;

/** What goes wrong at STS, and what it is called here. */
class SdkStsCallFailuresTest {

    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT_CALL_TIMEOUT = Duration.ofMillis(400);

    @RegisterExtension
    private static final World WORLD = new World();

    private final StsWorld sts = new StsWorld(WORLD);
    private final StsClients clients = sts.clients(CALL_TIMEOUT);
    private final SdkStsCall call = sts.call(clients);
    private int callsBefore;

    @BeforeEach
    void count() {
        callsBefore = WORLD.sts().arrivals();
    }

    @AfterEach
    void close() {
        clients.close();
    }

    /** Section by section what STS's API reference and STS itself are known to say; see also {@link StsErrors}. */
    static Stream<Arguments> refusals() {
        Plans saml = Plans.saml();
        Plans web = Plans.webIdentity();
        Plans own = Plans.assumeRole();
        return Stream.of(
                arguments(
                        saml, StsError.accessDenied("Not authorized to perform sts:AssumeRoleWithSAML"), new Denied()),
                arguments(web, StsError.accessDenied("Not authorized to perform sts:TagSession"), new Denied()),
                arguments(
                        own,
                        StsError.accessDenied("User: x is not authorized to perform: sts:AssumeRole"),
                        new Denied()),
                arguments(saml, StsError.invalidIdentityToken("Response signature invalid"), new ProofRefused()),
                arguments(web, StsError.invalidIdentityToken("Incorrect token audience"), new ProofRefused()),
                arguments(saml, StsError.idpRejectedClaim(), new ProofRefused()),
                arguments(web, StsError.idpRejectedClaim(), new ProofRefused()),
                arguments(
                        saml,
                        new StsError(400, "AuthSamlInvalidSamlResponseException", "Issuer not present in provider"),
                        new ProofRefused()),
                arguments(
                        saml,
                        StsError.expiredIdentityToken("Token must be redeemed within 5 minutes of issuance"),
                        new ProofExpired()),
                arguments(web, StsError.expiredIdentityToken("Token expired"), new ProofExpired()),
                arguments(
                        web,
                        StsError.validation(
                                "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."),
                        new DurationRefused(3600, DurationLimit.STS)),
                arguments(
                        own,
                        StsError.validation("The requested DurationSeconds exceeds the 1 hour session limit for roles"
                                + " assumed by role chaining."),
                        new DurationRefused(3600, DurationLimit.ROLE_CHAINING)),
                arguments(own, StsError.packedPolicyTooLarge(120), new PackedPolicyTooLarge()),
                arguments(saml, StsError.validation("1 validation error detected"), fault("REQUEST_REFUSED")),
                arguments(own, StsError.malformedPolicy("Syntax errors in policy."), fault("MALFORMED_POLICY")),
                arguments(web, StsError.regionDisabled(), fault("REGION_DISABLED")),
                arguments(own, new StsError(400, "ExpiredTokenException", "expired"), fault("OWN_CREDENTIALS_REFUSED")),
                arguments(own, new StsError(403, "ExpiredToken", "expired"), fault("OWN_CREDENTIALS_REFUSED")),
                arguments(own, new StsError(403, "InvalidClientTokenId", "invalid"), fault("OWN_CREDENTIALS_REFUSED")),
                arguments(own, new StsError(403, "SignatureDoesNotMatch", "no"), fault("OWN_CREDENTIALS_REFUSED")),
                arguments(web, new StsError(400, "SomethingNew", "of tomorrow"), fault("UNKNOWN_ERROR")));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refusals")
    void refusal_byItsCode_isFinalAtOnce(Plans plans, StsError error, ExchangeFailure expected) {
        WORLD.sts().faults().always(StsFaults.error(error));

        assertThat(failure(call, plans.plan())).isEqualTo(expected);
        assertThat(calls()).isOne();
    }

    /** What may go away a moment later; whether it is tried again is for others to say. */
    static Stream<Arguments> troubles() {
        return Stream.of(
                arguments(StsFaults.idpCommunication(), new IssuerUnreachable()),
                arguments(StsFaults.verificationKeyNotRetrieved(), new IssuerUnreachable()),
                arguments(StsFaults.internalFailure(), new Unavailable()),
                arguments(StsFaults.serviceUnavailable(), new Unavailable()),
                arguments(Fault.cut(), new Unavailable()),
                arguments(StsFaults.throttling(), new Throttled()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("troubles")
    void trouble_byItsCode_mayPassAndIsAskedOnce(Fault fault, ExchangeFailure expected) {
        WORLD.sts().faults().always(fault);

        assertThat(failure(call, Plans.webIdentity().plan())).isEqualTo(expected);
        assertThat(expected.mayPass()).isTrue();
        assertThat(calls()).isOne();
    }

    /** No usable answer at all. */
    static Stream<Fault> silences() {
        return Stream.of(
                Fault.delay(Duration.ofMinutes(1)), Fault.stall(), Fault.cut(), Fault.truncate(), Fault.status(500));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("silences")
    void silence_isUnavailableWithinTheCallTimeout(Fault fault) {
        WORLD.sts().faults().always(fault);
        Instant begin = Instant.now();

        ExchangeFailure failure = failure(call, sts.webIdentity().plan(), SHORT_CALL_TIMEOUT);

        assertThat(failure).isEqualTo(new Unavailable());
        assertThat(Duration.between(begin, Instant.now())).isLessThan(SHORT_CALL_TIMEOUT.plusSeconds(1));
    }

    @Test
    void endpoint_whereNobodyListens_isUnavailable() {
        try (StsClients nobody = new StsClients(
                Optional.of(URI.create("http://127.0.0.1:1")),
                Duration.ofSeconds(1),
                CALL_TIMEOUT,
                StaticCredentialsProvider.create(World.KEY))) {
            assertThat(failure(sts.call(nobody), Plans.webIdentity().plan())).isEqualTo(new Unavailable());
        }
    }

    @Test
    void answer_ofAProxyThatIsNotSts_isWrong() {
        WORLD.sts().faults().always(Fault.html());

        assertThat(failure(call, sts.webIdentity().plan())).isEqualTo(fault("WRONG_ANSWER"));
    }

    @Test
    void answer_thatLeadsElsewhere_isNotFollowed() {
        WORLD.sts().faults().always(Fault.redirect(WORLD.simulator().url() + "/elsewhere"));

        assertThat(failure(call, sts.webIdentity().plan())).isEqualTo(fault("UNKNOWN_ERROR"));
        assertThat(calls()).isOne();
    }

    @Test
    void answer_forAnotherRole_isWrong() {
        WORLD.sts()
                .tell(session ->
                        session.withAssumedRoleArn("arn:aws:sts::123456789012:assumed-role/Administrator/alice"));

        assertThat(failure(call, sts.webIdentity().plan())).isEqualTo(fault("WRONG_ANSWER"));
    }

    /** As a proxy that mixes up its answers would give it. */
    @ParameterizedTest
    @EnumSource(StsOperation.class)
    void answer_forAnothersSession_isWrong(StsOperation operation) {
        WORLD.sts()
                .tell(session ->
                        session.withAssumedRoleArn(session.assumedRoleArn().replace("/alice", "/bob")));
        Plans plans = switch (operation) {
            case ASSUME_ROLE_WITH_SAML -> sts.saml().sessionName("alice");
            case ASSUME_ROLE_WITH_WEB_IDENTITY -> sts.webIdentity();
            case ASSUME_ROLE -> sts.assumeRole();
        };

        assertThat(failure(call, plans.plan())).isEqualTo(fault("WRONG_ANSWER"));
    }

    @Test
    void answer_thatHasExpired_isWrong() {
        WORLD.sts().tell(session -> session.withExpiration(WORLD.clock().instant()));

        assertThat(failure(call, sts.saml().plan())).isEqualTo(fault("WRONG_ANSWER"));
    }

    @Test
    void assumeRole_withoutOwnCredentials_doesNotAskSts() {
        SdkStsCall destitute = sts.call(clients, () -> {
            throw SdkClientException.create("none in the chain");
        });

        assertThat(failure(destitute, Plans.assumeRole().plan())).isEqualTo(fault("OWN_CREDENTIALS_MISSING"));
        assertThat(calls()).isZero();
    }

    @Test
    void passThroughCalls_withoutOwnCredentials_succeed() {
        SdkStsCall destitute = sts.call(clients, () -> {
            throw SdkClientException.create("none in the chain");
        });

        assertThat(destitute.call(sts.saml().plan(), CALL_TIMEOUT).accessKeyId())
                .startsWith("ASIA");
        assertThat(destitute.call(sts.webIdentity().plan(), CALL_TIMEOUT).accessKeyId())
                .startsWith("ASIA");
    }

    @Test
    void assumeRole_withAWrongSecret_isTheOperatorsFault() {
        AwsBasicCredentials wrong = AwsBasicCredentials.create(World.KEY.accessKeyId(), "another secret");
        try (StsClients strangers = sts.clients(CALL_TIMEOUT, wrong)) {
            assertThat(failure(sts.call(strangers), sts.assumeRole().plan()))
                    .isEqualTo(fault("OWN_CREDENTIALS_REFUSED"));
        }
    }

    @Test
    void assumeRole_byTemporaryKeysAboveOneHour_namesRoleChaining() {
        AwsSessionCredentials temporary = AwsSessionCredentials.create("ASIATESTBROKER000001", "secret", "session");
        WORLD.sts().accessKey("ASIATESTBROKER000001", "secret", "session");
        WORLD.sts().role(World.KEY_ROLE, Duration.ofHours(4), Trust.caller("ASIATESTBROKER000001"));
        try (StsClients chained = sts.clients(CALL_TIMEOUT, temporary)) {
            assertThat(failure(sts.call(chained), sts.assumeRole().seconds(3601).plan()))
                    .isEqualTo(new DurationRefused(3600, DurationLimit.ROLE_CHAINING));
        }
    }

    @Test
    void failure_carriesNothingOfWhatStsWrote() {
        WORLD.sts().faults().always(StsFaults.error(StsError.accessDenied("User alice of account 123456789012")));

        assertThatThrownBy(() -> call.call(sts.webIdentity().plan(), CALL_TIMEOUT))
                .hasMessage("denied")
                .hasNoCause()
                .hasNoSuppressedExceptions();
    }

    private static ExchangeFailure fault(String name) {
        return new Misconfigured(ExchangeFailure.Fault.valueOf(name));
    }

    private static ExchangeFailure failure(StsCall call, SessionPlan plan) {
        return failure(call, plan, CALL_TIMEOUT);
    }

    private static ExchangeFailure failure(StsCall call, SessionPlan plan, Duration timeout) {
        ExchangeFailed failed = catchThrowableOfType(ExchangeFailed.class, () -> call.call(plan, timeout));
        assertThat(failed).as("the exchange fails").isNotNull();
        return failed.failure();
    }

    private int calls() {
        return WORLD.sts().arrivals() - callsBefore;
    }
}
