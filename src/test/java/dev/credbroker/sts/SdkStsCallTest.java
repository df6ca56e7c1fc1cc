package dev.credbroker.sts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.identity.Proof;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.sts.StsCall;
import dev.credbroker.simulator.sts.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What STS is told, and what comes back. */
class SdkStsCallTest {

    private static final Duration TWELVE_HOURS = Duration.ofHours(12);
    private static final String POLICY = "{\"Version\":\"2012-10-17\",\"Statement\":[]}";
    private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    @RegisterExtension
    private static final World WORLD = new World();

    private final StsWorld sts = new StsWorld(WORLD);
    private final StsClients clients = sts.clients(Duration.ofSeconds(5));
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final SdkStsCall call = sts.call(clients);

    @AfterEach
    void close() {
        clients.close();
    }

    @Test
    void saml_isToldWhatThePlanSaysAndNothingElse() {
        SessionPlan plan = sts.saml().seconds(7200).plan();

        call.call(plan, TIMEOUT);

        assertThat(told())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Action",
                        "AssumeRoleWithSAML",
                        "Version",
                        "2011-06-15",
                        "RoleArn",
                        World.SAML_ROLE,
                        "PrincipalArn",
                        World.PROVIDER,
                        "SAMLAssertion",
                        plan.proof().text().reveal(),
                        "DurationSeconds",
                        "7200"));
    }

    @Test
    void webIdentity_isToldWhatThePlanSaysAndNothingElse() {
        SessionPlan plan =
                sts.webIdentity().sessionName("alice@example.com").seconds(7200).plan();

        call.call(plan, TIMEOUT);

        assertThat(told())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Action", "AssumeRoleWithWebIdentity",
                        "Version", "2011-06-15",
                        "RoleArn", World.OIDC_ROLE,
                        "RoleSessionName", "alice@example.com",
                        "WebIdentityToken", plan.proof().text().reveal(),
                        "DurationSeconds", "7200"));
    }

    @Test
    void assumeRole_isToldWhatThePlanSaysAndNothingElse() {
        call.call(sts.assumeRole().sessionName("alice").seconds(7200).plan(), TIMEOUT);

        assertThat(told())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Action", "AssumeRole",
                        "Version", "2011-06-15",
                        "RoleArn", World.KEY_ROLE,
                        "RoleSessionName", "alice",
                        "DurationSeconds", "7200"));
    }

    @Test
    void assumeRole_isToldSourceIdentityAndExternalId() {
        call.call(
                sts.assumeRole()
                        .sourceIdentity("alice")
                        .externalId("customer:42")
                        .plan(),
                TIMEOUT);

        assertThat(told()).containsEntry("SourceIdentity", "alice").containsEntry("ExternalId", "customer:42");
    }

    @Test
    void assumeRole_isToldTagsAndWhichOfThemPassOn() {
        call.call(
                sts.assumeRole()
                        .tags(Map.of("Team", "batch", "Stage", ""), "Team")
                        .plan(),
                TIMEOUT);

        assertThat(told())
                .containsEntry("Tags.member.1.Key", "Stage")
                .containsEntry("Tags.member.1.Value", "")
                .containsEntry("Tags.member.2.Key", "Team")
                .containsEntry("Tags.member.2.Value", "batch")
                .containsEntry("TransitiveTagKeys.member.1", "Team")
                .doesNotContainKey("TransitiveTagKeys.member.2");
    }

    @Test
    void saml_isToldThePolicies() {
        call.call(sts.saml().policies(POLICY, READ_ONLY).plan(), TIMEOUT);

        assertThat(told()).containsEntry("Policy", POLICY).containsEntry("PolicyArns.member.1.arn", READ_ONLY);
    }

    @Test
    void webIdentity_isToldThePolicies() {
        call.call(sts.webIdentity().policies(POLICY, READ_ONLY).plan(), TIMEOUT);

        assertThat(told()).containsEntry("Policy", POLICY).containsEntry("PolicyArns.member.1.arn", READ_ONLY);
    }

    @Test
    void assumeRole_isToldThePolicies() {
        call.call(sts.assumeRole().policies(POLICY, READ_ONLY).plan(), TIMEOUT);

        assertThat(told()).containsEntry("Policy", POLICY).containsEntry("PolicyArns.member.1.arn", READ_ONLY);
    }

    @Test
    void saml_forTwelveHours_lastsTwelveHours() {
        WORLD.sts().role(World.SAML_ROLE, TWELVE_HOURS, Trust.saml(World.PROVIDER));

        SessionCredentials credentials = call.call(sts.saml().named(43_200).plan(), TIMEOUT);

        assertThat(credentials.expiration()).isEqualTo(TestClock.START.plus(TWELVE_HOURS));
    }

    @Test
    void webIdentity_forTwelveHours_lastsTwelveHours() {
        WORLD.sts()
                .role(
                        World.OIDC_ROLE,
                        TWELVE_HOURS,
                        Trust.webIdentity(WORLD.provider().issuer()));

        SessionCredentials credentials =
                call.call(sts.webIdentity().named(43_200).plan(), TIMEOUT);

        assertThat(credentials.expiration()).isEqualTo(TestClock.START.plus(TWELVE_HOURS));
    }

    @Test
    void passThroughCalls_areNotSigned() {
        call.call(sts.saml().plan(), TIMEOUT);
        assertThat(call().signed()).isFalse();

        call.call(sts.webIdentity().plan(), TIMEOUT);
        assertThat(call().signed()).isFalse();
    }

    @Test
    void assumeRole_isSignedWithTheBrokersOwnKeyForTheRegion() {
        call.call(sts.assumeRole().region("eu-central-1").plan(), TIMEOUT);

        assertThat(call().accessKeyId()).contains(World.KEY.accessKeyId());
        assertThat(call().region()).contains("eu-central-1");
    }

    @ParameterizedTest
    @CsvSource({
        "14409, 14399",
        "14410, 14400",
        "14411, 14400",
        "3610, 3600",
        "911, 901",
        "910, 900",
        "909, 900",
        "60, 900"
    })
    void deadline_shortensWhatStsIsAskedButNeverBelowItsLeast(int left, String asked) {
        call.call(
                sts.webIdentity()
                        .seconds(14_400)
                        .deadline(TestClock.START.plusSeconds(left))
                        .plan(),
                TIMEOUT);

        assertThat(told()).containsEntry("DurationSeconds", asked);
    }

    @Test
    void saml_withAnEarlySessionEnd_isWhatStsMadeOfIt() {
        Instant end = TestClock.START.plusSeconds(600);
        SessionPlan plan = sts.saml()
                .proof(new Proof.SamlResponse(
                        Secret.of(WORLD.response().sessionNotOnOrAfter(end).encode())))
                .deadline(end)
                .plan();

        SessionCredentials credentials = call.call(plan, TIMEOUT);

        assertThat(told()).containsEntry("DurationSeconds", "900");
        assertThat(credentials.expiration()).isEqualTo(end);
    }

    @Test
    void credentials_areThoseThatStsIssued() {
        SessionCredentials credentials = call.call(sts.webIdentity().plan(), TIMEOUT);

        assertThat(credentials.accessKeyId())
                .isEqualTo(call().issuedAccessKeyId().orElseThrow());
        assertThat(credentials.account()).isEqualTo("123456789012");
        assertThat(credentials.expiration()).isEqualTo(TestClock.START.plusSeconds(3600));
    }

    private static StsCall call() {
        return WORLD.sts().calls().getLast();
    }

    private static Map<String, String> told() {
        return call().parameters();
    }
}
