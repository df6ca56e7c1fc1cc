package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.SessionDuration;
import dev.credbroker.identity.Identities;
import dev.credbroker.roles.AdmitDraft;
import dev.credbroker.roles.RoleDraft;
import dev.credbroker.session.OwnCredentials.Kind;
import dev.credbroker.session.Planning.NoOwnCredentials;
import dev.credbroker.session.Planning.OwnCredentialsUnknown;
import dev.credbroker.session.Planning.RemainsTooLong;
import dev.credbroker.session.Planning.TokenEndsTooSoon;
import dev.credbroker.session.Planning.TooLong;
import dev.credbroker.session.Planning.Unfit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionPlannerTest {

    private static final String ADFS_PRODUCTION = "arn:aws:iam::123456789012:role/ADFS-Production";
    private static final String ADFS = "arn:aws:iam::123456789012:saml-provider/ADFS";

    // The role: one hour by default, four at most

    @Test
    void plan_unsaid_isTheDefault() {
        assertThat(batch().duration()).isEqualTo("requested=default, granted=3600");
    }

    @ParameterizedTest
    @ValueSource(ints = {900, 901, 3600, 14_399, 14_400})
    void plan_namedUpToTheLongest_isWhatWasNamed(int seconds) {
        assertThat(batch().named(seconds).duration()).isEqualTo("requested=%d, granted=%d".formatted(seconds, seconds));
    }

    @ParameterizedTest
    @ValueSource(ints = {14_401, 18_000, 43_200})
    void plan_namedAboveTheLongest_isTooLong(int seconds) {
        assertThat(batch().named(seconds).plan()).isEqualTo(new TooLong(14_400, DurationLimit.ROLE));
    }

    @Test
    void plan_namedAboveTheLongestOfARoleThatClamps_isTheLongest() {
        Requests request = Requests.of(RoleDraft.webIdentity().onExcess("clamp"), Identities.oidc());

        assertThat(request.named(18_000).duration()).isEqualTo("requested=18000, granted=14400, limited-by=role");
    }

    @Test
    void plan_max_isTheLongestAndSaysWhatSetIt() {
        assertThat(batch().longest().duration()).isEqualTo("requested=max, granted=14400, limited-by=role");
    }

    @Test
    void plan_maxOfARoleOfTwelveHours_isLimitedByAws() {
        Requests request = Requests.of(RoleDraft.webIdentity().maxDuration(Duration.ofHours(12)), Identities.oidc());

        assertThat(request.longest().duration()).isEqualTo("requested=max, granted=43200, limited-by=aws");
        assertThat(request.named(43_200).duration()).isEqualTo("requested=43200, granted=43200");
    }

    // The broker's own credentials

    @Test
    void assumeRole_withTemporaryCredentials_isOneHourAtMost() {
        assertThat(deployer(Kind.TEMPORARY).longest().duration())
                .isEqualTo("requested=max, granted=3600, limited-by=role-chaining");
        assertThat(deployer(Kind.TEMPORARY).named(3600).duration()).isEqualTo("requested=3600, granted=3600");
        assertThat(deployer(Kind.TEMPORARY).named(3601).plan())
                .isEqualTo(new TooLong(3600, DurationLimit.ROLE_CHAINING));
    }

    @Test
    void assumeRole_withTemporaryCredentialsAndALongDefault_isOneHourAndSaysSo() {
        RoleDraft role = RoleDraft.assumeRole().defaultDuration(Duration.ofHours(2));

        assertThat(Requests.of(role, Identities.oidc(), Optional.of(Kind.TEMPORARY))
                        .duration())
                .isEqualTo("requested=default, granted=3600, limited-by=role-chaining");
    }

    @Test
    void assumeRole_withTemporaryCredentialsAndAShorterRole_isLimitedByTheRole() {
        RoleDraft role =
                RoleDraft.assumeRole().defaultDuration(Duration.ofMinutes(15)).maxDuration(Duration.ofMinutes(30));

        assertThat(Requests.of(role, Identities.oidc(), Optional.of(Kind.TEMPORARY))
                        .named(1801)
                        .plan())
                .isEqualTo(new TooLong(1800, DurationLimit.ROLE));
    }

    @Test
    void assumeRole_withTemporaryCredentialsAndARoleOfOneHour_isLimitedByTheRole() {
        RoleDraft role = RoleDraft.assumeRole().maxDuration(Duration.ofHours(1));

        assertThat(Requests.of(role, Identities.oidc(), Optional.of(Kind.TEMPORARY))
                        .longest()
                        .duration())
                .isEqualTo("requested=max, granted=3600, limited-by=role");
    }

    @Test
    void assumeRole_withLastingCredentials_isTwelveHoursAtMost() {
        RoleDraft role = RoleDraft.assumeRole().maxDuration(Duration.ofHours(12));

        assertThat(Requests.of(role, Identities.oidc()).named(43_200).duration())
                .isEqualTo("requested=43200, granted=43200");
    }

    @Test
    void assumeRole_withCredentialsThatAreNotInMemory_isToBePlannedAgain() {
        assertThat(Requests.of(RoleDraft.assumeRole(), Identities.oidc(), Optional.empty())
                        .plan())
                .isEqualTo(new OwnCredentialsUnknown());
    }

    @Test
    void assumeRole_withCredentialsThatAreLookedUp_isPlannedByThem() {
        assertThat(deployer(Kind.TEMPORARY).named(3600).planBlocking()).isInstanceOf(Planning.Planned.class);
        assertThat(deployer(Kind.TEMPORARY).named(3601).planBlocking())
                .isEqualTo(new TooLong(3600, DurationLimit.ROLE_CHAINING));
    }

    @Test
    void assumeRole_withoutCredentials_cannotBe() {
        assertThat(Requests.of(RoleDraft.assumeRole(), Identities.oidc(), Optional.empty())
                        .planBlocking())
                .isEqualTo(new NoOwnCredentials());
    }

    @Test
    void passThroughRoles_needNoCredentialsAndAreNotChained() {
        Optional<Kind> none = Optional.empty();
        Optional<Kind> temporary = Optional.of(Kind.TEMPORARY);

        assertThat(Requests.of(RoleDraft.webIdentity(), Identities.oidc(), none).duration())
                .isEqualTo("requested=default, granted=3600");
        assertThat(Requests.of(RoleDraft.webIdentity(), Identities.oidc(), none).planBlocking())
                .isInstanceOf(Planning.Planned.class);
        assertThat(Requests.of(RoleDraft.saml(), saml(), temporary)
                        .named(14_400)
                        .duration())
                .isEqualTo("requested=14400, granted=14400");
    }

    @ParameterizedTest
    @CsvSource({
        "TEMPORARY, 14400, 3600",
        "TEMPORARY, 3600, 3600",
        "TEMPORARY, 1800, 1800",
        "LASTING, 14400, 14400",
        ", 14400, 14400"
    })
    void longest_ofAnAssumeRole_isOneHourWhereTheKeysAreKnownToBeTemporary(Kind known, int longest, int seconds) {
        RoleDraft role =
                RoleDraft.assumeRole().defaultDuration(Duration.ofMinutes(15)).maxDuration(Duration.ofSeconds(longest));

        assertThat(Requests.of(role, Identities.oidc(), Optional.ofNullable(known))
                        .longestOfTheRole())
                .isEqualTo(new SessionDuration(seconds));
    }

    @Test
    void longest_ofAPassThroughRole_isTheRolesOwnWhateverTheBrokersKeys() {
        assertThat(Requests.of(RoleDraft.webIdentity(), Identities.oidc(), Optional.of(Kind.TEMPORARY))
                        .longestOfTheRole())
                .isEqualTo(new SessionDuration(14_400));
    }

    // The assertion

    @Test
    void saml_withASessionDuration_lastsNoLonger() {
        assertThat(production(saml().sessionDuration(7200)).named(7200).duration())
                .isEqualTo("requested=7200, granted=7200");
        assertThat(production(saml().sessionDuration(7200)).named(7201).plan())
                .isEqualTo(new TooLong(7200, DurationLimit.ASSERTION));
        assertThat(production(saml().sessionDuration(7200)).longest().duration())
                .isEqualTo("requested=max, granted=7200, limited-by=assertion");
    }

    @Test
    void saml_withASessionDurationAboveTheRoles_isLimitedByTheRole() {
        assertThat(production(saml().sessionDuration(43_200)).named(14_401).plan())
                .isEqualTo(new TooLong(14_400, DurationLimit.ROLE));
    }

    @Test
    void assumeRole_withAnAssertionsSessionDuration_isNotBoundByIt() {
        assertThat(Requests.of(deployerForSso(), samlToBroker().sessionDuration(900))
                        .named(14_400)
                        .duration())
                .isEqualTo("requested=14400, granted=14400");
    }

    @Test
    void saml_withASessionEnd_isShortenedAndKeyedAsPlanned() {
        Instant end = Requests.in(1800);
        SessionPlan plan = production(saml().sessionEnd(end)).named(3600).planned();

        assertThat(plan.duration()).hasToString("requested=3600, granted=1800, limited-by=assertion");
        assertThat(plan.deadline()).contains(end);
        assertThat(plan.spec().duration().seconds()).isEqualTo(3600);
        assertThat(plan.key())
                .isEqualTo(production(saml()).named(3600).planned().key());
    }

    @Test
    void saml_withASessionEndAfterAll_isNotShortened() {
        assertThat(production(saml().sessionEnd(Requests.in(3600))).named(3600).duration())
                .isEqualTo("requested=3600, granted=3600");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 59, 899})
    void saml_withASessionEndInLessThan900Seconds_isShortenedBySts(long left) {
        assertThat(production(saml().sessionEnd(Requests.in(left))).duration())
                .isEqualTo("requested=default, granted=%d, limited-by=assertion".formatted(left));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1})
    void saml_withASessionEndThatIsOver_endsTooSoon(long left) {
        assertThat(production(saml().sessionEnd(Requests.in(left))).plan()).isEqualTo(new TokenEndsTooSoon());
    }

    @Test
    void assumeRole_withASessionEndInLessThan910Seconds_endsTooSoon() {
        assertThat(Requests.of(deployerForSso(), samlToBroker().sessionEnd(Requests.in(909)))
                        .plan())
                .isEqualTo(new TokenEndsTooSoon());
        assertThat(Requests.of(deployerForSso(), samlToBroker().sessionEnd(Requests.in(910)))
                        .duration())
                .isEqualTo("requested=default, granted=910, limited-by=assertion");
    }

    // The token

    @Test
    void plan_ofALongJob_outlivesItsToken() {
        SessionPlan plan = Requests.of(
                        RoleDraft.webIdentity(), Identities.oidc().end(Requests.in(60)))
                .named(14_400)
                .planned();

        assertThat(plan.duration()).hasToString("requested=14400, granted=14400");
        assertThat(plan.deadline()).isEmpty();
    }

    @Test
    void endingWithToken_unsaid_isShortenedAndKeyedAsPlanned() {
        SessionPlan plan = endingWithToken(1800).planned();

        assertThat(plan.duration()).hasToString("requested=default, granted=1800, limited-by=token");
        assertThat(plan.deadline()).contains(Requests.in(1800));
        assertThat(plan.key()).isEqualTo(endingWithToken(3000).planned().key());
    }

    @Test
    void endingWithToken_namedUpToItsEnd_isWhatWasNamed() {
        assertThat(endingWithToken(1800).named(1800).duration()).isEqualTo("requested=1800, granted=1800");
    }

    @Test
    void endingWithToken_namedBeyondItsEnd_isTooLong() {
        assertThat(endingWithToken(1800).named(1801).plan()).isEqualTo(new TooLong(1800, DurationLimit.TOKEN));
    }

    @Test
    void endingWithToken_namedBeyondTheRoleAndTheToken_saysTheSmallerLimit() {
        assertThat(endingWithToken(1800).named(18_000).plan()).isEqualTo(new TooLong(1800, DurationLimit.TOKEN));
        assertThat(endingWithToken(20_000).named(18_000).plan()).isEqualTo(new TooLong(14_400, DurationLimit.ROLE));
    }

    @Test
    void endingWithToken_max_isUpToItsEnd() {
        assertThat(endingWithToken(1800).longest().duration())
                .isEqualTo("requested=max, granted=1800, limited-by=token");
    }

    @ParameterizedTest
    @CsvSource({"1800, 2400, token", "2400, 1800, assertion"})
    void endingWithToken_andWithTheSessionOfAnAssertion_isCutByTheEarlier(long token, long session, String limit) {
        Identities identity = samlToBroker().end(Requests.in(token)).sessionEnd(Requests.in(session));

        assertThat(Requests.of(deployerForSso().ending(true), identity).duration())
                .isEqualTo("requested=default, granted=1800, limited-by=" + limit);
    }

    @ParameterizedTest
    @CsvSource({"909, false", "910, true"})
    void endingWithToken_inLessThan910Seconds_endsTooSoon(long left, boolean planned) {
        assertThat(endingWithToken(left).plan() instanceof Planning.Planned).isEqualTo(planned);
        assertThat(endingWithToken(left).plan() instanceof TokenEndsTooSoon).isEqualTo(!planned);
    }

    @Test
    void endingWithToken_inAHundredYears_isNoLimit() {
        assertThat(endingWithToken(100L * 365 * 86_400).named(14_400).duration())
                .isEqualTo("requested=14400, granted=14400");
    }

    // What must remain

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 14_339, 14_340})
    void minRemaining_upToAMinuteLessThanGranted_isPlanned(long seconds) {
        assertThat(batch().named(14_400).minRemaining(seconds).planned().minRemaining())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void minRemaining_aboveThat_remainsTooLong() {
        assertThat(batch().named(14_400).minRemaining(14_341).plan()).isEqualTo(new RemainsTooLong(14_340));
    }

    @Test
    void minRemaining_aboveWhatADeadlineLeaves_remainsTooLong() {
        assertThat(production(saml().sessionEnd(Requests.in(1800)))
                        .minRemaining(1741)
                        .plan())
                .isEqualTo(new RemainsTooLong(1740));
    }

    @Test
    void minRemaining_whereLessThanAMinuteIsLeft_isZeroAtMost() {
        assertThat(production(saml().sessionEnd(Requests.in(30)))
                        .minRemaining(0)
                        .planned()
                        .minRemaining())
                .isZero();
        assertThat(production(saml().sessionEnd(Requests.in(30)))
                        .minRemaining(1)
                        .plan())
                .isEqualTo(new RemainsTooLong(0));
    }

    @Test
    void minRemaining_ofTheRole_holdsWhereTheCallerSaysNone() {
        RoleDraft role = RoleDraft.webIdentity().minRemaining(Duration.ofMinutes(30));

        assertThat(Requests.of(role, Identities.oidc()).planned().minRemaining())
                .isEqualTo(Duration.ofMinutes(30));
        assertThat(Requests.of(role, Identities.oidc())
                        .minRemaining(60)
                        .planned()
                        .minRemaining())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void minRemaining_ofTheRoleAboveAShortSession_isDropped() {
        RoleDraft role = RoleDraft.webIdentity().minRemaining(Duration.ofMinutes(30));

        assertThat(Requests.of(role, Identities.oidc()).named(900).planned().minRemaining())
                .isZero();
    }

    // What else is planned

    @Test
    void plan_withAnUnfitValue_saysWhichSetting() {
        RoleDraft role = RoleDraft.assumeRole().sourceIdentity("{subject}");

        assertThat(Requests.of(role, Identities.oidc().subject("John Doe")).plan())
                .isEqualTo(new Unfit("source-identity"));
    }

    @Test
    void plan_ofARequest_hasItsProofAndTheKeyOfItsSpec() {
        SessionPlan plan = batch().planned();

        assertThat(plan.proof()).isEqualTo(Identities.oidc().verified().proof());
        assertThat(plan.key()).isEqualTo(SessionKey.of(plan.spec()));
    }

    @Test
    void in_anotherRegion_asksThereForTheSameSession() {
        SessionPlan plan = batch().planned();
        AwsRegion elsewhere = new AwsRegion("eu-central-1");

        SessionPlan moved = plan.in(elsewhere);

        assertThat(moved.spec()).isEqualTo(plan.spec().in(elsewhere)).isNotEqualTo(plan.spec());
        assertThat(moved.spec().region()).isEqualTo(elsewhere);
        assertThat(moved.key()).isEqualTo(plan.key());
        assertThat(plan.in(plan.spec().region())).isSameAs(plan);
    }

    private static Requests batch() {
        return Requests.of(RoleDraft.webIdentity(), Identities.oidc());
    }

    private static Requests deployer(Kind own) {
        return Requests.of(RoleDraft.assumeRole(), Identities.oidc(), Optional.of(own));
    }

    private static RoleDraft deployerForSso() {
        return RoleDraft.assumeRole().admitting(AdmitDraft.everyoneOf("sso"));
    }

    private static Requests production(Identities identity) {
        return Requests.of(RoleDraft.saml(), identity);
    }

    private static Requests endingWithToken(long left) {
        return Requests.of(
                RoleDraft.webIdentity().ending(true), Identities.oidc().end(Requests.in(left)));
    }

    private static Identities saml() {
        return Identities.saml().role(ADFS_PRODUCTION, ADFS);
    }

    private static Identities samlToBroker() {
        return Identities.saml().provider("sso").addressed(true, false);
    }
}
