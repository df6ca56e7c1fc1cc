package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each mistake with its property, beside the nearest entry that has none. */
class RoleReaderTest {

    private static final String STATEMENT =
            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"%s\"}]}";

    @TempDir
    private Path folder;

    @Test
    void drafts_asTheyStart_haveNoFindings() {
        assertThat(RoleDraft.assumeRole().findings()).isEmpty();
        assertThat(RoleDraft.webIdentity().findings()).isEmpty();
        assertThat(RoleDraft.saml().findings()).isEmpty();
    }

    @Test
    void arn_missing_isFound() {
        assertThat(RoleDraft.assumeRole().withoutArn().findings())
                .containsExactly("broker.roles.deployer.arn: is missing");
    }

    @Test
    void operation_missing_isFound() {
        assertThat(RoleDraft.assumeRole().withoutOperation().findings())
                .containsExactly("broker.roles.deployer.operation: is missing");
    }

    @Test
    void arn_unreadable_isFound() {
        found(RoleDraft.assumeRole().arn("arn:aws:iam::123456789012:role/Dep*"), "arn", "not a role ARN");
    }

    @Test
    void operation_unknown_isFound() {
        found(RoleDraft.assumeRole().operation("AssumeRole"), "operation", "write assume-role-with-saml");
    }

    @Test
    void onExcess_unknown_isFound() {
        found(RoleDraft.assumeRole().onExcess("Clamp"), "on-excess", "write reject or clamp");
    }

    @Test
    void everyMistake_ofOneRole_isFoundAtOnce() throws IOException {
        RoleDraft draft = RoleDraft.assumeRole()
                .withoutArn()
                .operation("assume")
                .maxDuration(Duration.ofDays(1))
                .onExcess("never")
                .admitting()
                .sessionName("{subject")
                .sourceIdentity("subject}")
                .tag("aws:team", "a")
                .policy(written("{}"))
                .policyArns("ReadOnlyAccess")
                .externalId("x")
                .region("Ireland");

        assertThat(draft.findings().stream().map(finding -> finding.replaceAll(": .*", "")))
                .containsExactlyInAnyOrder(
                        "broker.roles.deployer.arn",
                        "broker.roles.deployer.operation",
                        "broker.roles.deployer.max-duration",
                        "broker.roles.deployer.on-excess",
                        "broker.roles.deployer.admit",
                        "broker.roles.deployer.session-name",
                        "broker.roles.deployer.source-identity",
                        "broker.roles.deployer.tags.aws:team",
                        "broker.roles.deployer.policy",
                        "broker.roles.deployer.policy-arns",
                        "broker.roles.deployer.external-id",
                        "broker.roles.deployer.region");
    }

    // Who is admitted

    @Test
    void admit_nobody_isFound() {
        found(RoleDraft.assumeRole().admitting(), "admit", "admits nobody");
    }

    @Test
    void admit_withoutProvider_isFound() {
        found(
                RoleDraft.assumeRole().admitting(new AdmitDraft(Optional.empty(), true)),
                "admit[0].provider",
                "is missing");
    }

    @Test
    void admit_unknownProvider_isFound() {
        found(
                RoleDraft.assumeRole()
                        .sessionName("{provider}-{subject}")
                        .admitting(AdmitDraft.everyoneOf("corp"), AdmitDraft.everyoneOf("Corp")),
                "admit[1].provider",
                "Corp is neither");
    }

    @Test
    void admit_everyoneAndMatch_isFound() {
        found(
                RoleDraft.assumeRole()
                        .admitting(AdmitDraft.everyoneOf("corp").whose("groups", AdmitDraft.is("deployers"))),
                "admit[0]",
                "says everyone: true and match");
    }

    @Test
    void admit_neitherEveryoneNorMatch_isFound() {
        found(RoleDraft.assumeRole().admitting(AdmitDraft.someOf("corp")), "admit[0]", "names no match");
    }

    @Test
    void admit_match_hasNoFinding() {
        assertThat(RoleDraft.assumeRole()
                        .admitting(AdmitDraft.someOf("corp").whose("groups", AdmitDraft.is("deployers")))
                        .findings())
                .isEmpty();
    }

    @Test
    void match_ofNothing_isFound() {
        RolesConfig.Match nothing = new AdmitDraft.MatchDraft(Optional.empty(), Optional.empty(), Optional.empty());

        found(
                RoleDraft.assumeRole().admitting(AdmitDraft.someOf("corp").whose("realm.groups", nothing)),
                "admit[0].match.\"realm.groups\"",
                "needs equals, any-of or prefix");
    }

    @Test
    void match_anyOfNothing_isFound() {
        found(
                RoleDraft.assumeRole().admitting(AdmitDraft.someOf("corp").whose("groups", AdmitDraft.isAnyOf())),
                "admit[0].match.groups.any-of",
                "at least one value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team", "team/a", "team1", "", "名"})
    void match_prefixWithoutASeparator_isFound(String prefix) {
        found(
                RoleDraft.assumeRole()
                        .admitting(AdmitDraft.someOf("corp").whose("groups", AdmitDraft.beginsWith(prefix))),
                "admit[0].match.groups.prefix",
                "ends in a separator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"team/", "team:", "team-", "/"})
    void match_prefixWithASeparator_hasNoFinding(String prefix) {
        assertThat(RoleDraft.assumeRole()
                        .admitting(AdmitDraft.someOf("corp").whose("groups", AdmitDraft.beginsWith(prefix)))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ci", "adfs"})
    void assumeRole_forAProviderWithoutAnAudienceOfTheBroker_isFound(String provider) {
        found(
                RoleDraft.assumeRole().admitting(AdmitDraft.everyoneOf(provider)),
                "admit[0].provider",
                provider + " has no audience of the broker's own");
    }

    @ParameterizedTest
    @CsvSource({"adfs", "sso"})
    void webIdentity_forASamlProvider_isFound(String provider) {
        found(
                RoleDraft.webIdentity().admitting(AdmitDraft.everyoneOf(provider)),
                "admit[0].provider",
                provider + " is not an OIDC issuer");
    }

    @ParameterizedTest
    @CsvSource({"corp", "ci"})
    void saml_forAnOidcIssuer_isFound(String provider) {
        found(
                RoleDraft.saml().admitting(AdmitDraft.everyoneOf(provider)),
                "admit[0].provider",
                provider + " does not issue SAML assertions addressed to AWS");
    }

    @Test
    void operations_forTheProvidersThatOpenThem_haveNoFinding() {
        assertThat(RoleDraft.assumeRole()
                        .admitting(AdmitDraft.everyoneOf("sso"))
                        .findings())
                .isEmpty();
        assertThat(RoleDraft.webIdentity()
                        .admitting(AdmitDraft.everyoneOf("ci"))
                        .findings())
                .isEmpty();
        assertThat(RoleDraft.saml().admitting(AdmitDraft.everyoneOf("sso")).findings())
                .isEmpty();
    }

    // What the operation can send

    @ParameterizedTest
    @CsvSource({"session-name", "source-identity", "tags", "transitive-tags", "external-id"})
    void saml_withASettingThatTheAssertionDecides_isFound(String setting) {
        assertThat(with(RoleDraft.saml(), setting).findings())
                .anyMatch(finding -> finding.startsWith("broker.roles.deployer." + setting + ": cannot be sent with"));
    }

    @ParameterizedTest
    @CsvSource({"source-identity", "tags", "transitive-tags", "external-id"})
    void webIdentity_withASettingThatTheTokenDecides_isFound(String setting) {
        assertThat(with(RoleDraft.webIdentity(), setting).findings())
                .anyMatch(finding -> finding.startsWith("broker.roles.deployer." + setting + ": cannot be sent with"));
    }

    @Test
    void webIdentity_withASessionName_hasNoFinding() {
        assertThat(RoleDraft.webIdentity().sessionName("{subject}").findings()).isEmpty();
    }

    @Test
    void assumeRole_withEverySetting_hasNoFinding() {
        RoleDraft draft = RoleDraft.assumeRole();
        List.of("session-name", "source-identity", "tags", "transitive-tags", "external-id")
                .forEach(setting -> with(draft, setting));

        assertThat(draft.findings()).isEmpty();
    }

    @Test
    void transitiveTags_withoutTheTag_isFound() {
        found(RoleDraft.assumeRole().tag("team", "a").transitiveTags("Team"), "transitive-tags", "names a tag");
    }

    @Test
    void tags_ofKeysThatDifferInCaseOnly_isFound() {
        found(RoleDraft.assumeRole().tag("team", "a").tag("Team", "b"), "tags", "two tags have the same key");
    }

    @Test
    void tags_of51Keys_isFoundAndOf50IsNot() {
        RoleDraft draft = RoleDraft.assumeRole();
        for (int i = 0; i < 50; i++) {
            draft.tag("key" + i, "value");
        }

        assertThat(draft.findings()).isEmpty();
        found(draft.tag("one more", "value"), "tags", "at most 50");
    }

    @ParameterizedTest
    @CsvSource({"aws:team, tags.aws:team", "cost.cent*r, tags.\"cost.cent*r\""})
    void tags_ofAKeyThatAwsDoesNotTake_isFound(String key, String property) {
        found(RoleDraft.assumeRole().tag(key, "a"), property, "a tag's key is");
    }

    // Accounts, regions, providers

    @Test
    void assumeRole_inAnyAccountWithoutAnExternalId_isFound() {
        found(RoleDraft.assumeRole().arn("arn:aws:iam::*:role/Deployer"), "external-id", "is needed where *");
    }

    @Test
    void assumeRole_inAnyAccountWithAnExternalId_hasNoFinding() {
        assertThat(RoleDraft.assumeRole()
                        .arn("arn:aws:iam::*:role/Deployer")
                        .externalId("4711")
                        .findings())
                .isEmpty();
    }

    @Test
    void assumeRole_ofAnyNameInOneAccount_needsNoExternalId() {
        assertThat(RoleDraft.assumeRole()
                        .arn("arn:aws:iam::123456789012:role/*")
                        .findings())
                .isEmpty();
    }

    @Test
    void webIdentity_inAnyAccount_needsNoExternalId() {
        assertThat(RoleDraft.webIdentity().arn("arn:aws:iam::*:role/Deployer").findings())
                .isEmpty();
    }

    @Test
    void region_ofAnotherPartition_isFound() {
        found(RoleDraft.assumeRole().region("cn-north-1"), "region", "cn-north-1 does not lie in");
    }

    @Test
    void region_byDefaultOfAnotherPartition_isFound() {
        found(
                RoleDraft.assumeRole().arn("arn:aws-cn:iam::123456789012:role/Deployer"),
                "region",
                "eu-west-1 does not lie in the role's partition aws-cn");
    }

    @Test
    void region_ofTheRolesPartition_hasNoFinding() {
        assertThat(RoleDraft.assumeRole()
                        .arn("arn:aws-cn:iam::123456789012:role/Deployer")
                        .region("cn-north-1")
                        .findings())
                .isEmpty();
    }

    @Test
    void region_namedByNobody_isFound() {
        assertThat(RoleDraft.assumeRole().findings(Optional.empty()))
                .containsExactly(
                        "broker.roles.deployer.region: is missing, and broker.sts.region does not stand in for it");
    }

    @Test
    void region_namedByTheRoleAlone_hasNoFinding() {
        assertThat(RoleDraft.assumeRole().region("eu-west-1").findings(Optional.empty()))
                .isEmpty();
    }

    @Test
    void region_unreadable_isFoundThoughThereIsADefault() {
        assertThat(RoleDraft.assumeRole().region("Ireland").findings(Optional.of(new AwsRegion("eu-west-1"))))
                .containsExactly("broker.roles.deployer.region: not a region such as eu-west-1: Ireland");
    }

    @Test
    void samlRole_thatMustEndWithItsToken_isFound() {
        found(RoleDraft.saml().ending(true), "end-with-token", "leaves no time");
        assertThat(RoleDraft.webIdentity().ending(true).findings()).isEmpty();
    }

    @Test
    void twoProviders_withTheSessionNameOfOne_isFound() {
        found(forTwoProviders(), "session-name", "needs {provider}");
        found(forTwoProviders().sessionName("{subject}-x"), "session-name", "needs {provider}");
    }

    @Test
    void twoProviders_withTheSourceIdentityOfOne_isFound() {
        found(
                forTwoProviders().sessionName("{provider}-{subject}").sourceIdentity("{subject}"),
                "source-identity",
                "needs {provider}");
    }

    /** What alice of the one may reach by them, alice of the other could too. */
    @ParameterizedTest
    @ValueSource(strings = {"tags.who", "policy"})
    void twoProviders_whoseSubjectsAreTakenForOne_areFound(String key) throws IOException {
        RoleDraft draft = forTwoProviders().sessionName("{provider}-{subject}");
        if (key.equals("policy")) {
            draft.policy(written(STATEMENT.formatted("home/{subject}")));
        } else {
            draft.tag("who", "{subject}");
        }

        found(draft, key, "needs {provider} beside {subject}");
    }

    @Test
    void twoProviders_whoseTagsAndPoliciesTellThemApart_haveNoFinding() throws IOException {
        assertThat(forTwoProviders()
                        .sessionName("{provider}-{subject}")
                        .tag("who", "{subject}@{provider}")
                        .tag("department", "{department}")
                        .policy(written(STATEMENT.formatted("home/{provider}/{subject}")))
                        .findings())
                .isEmpty();
    }

    @Test
    void twoProviders_namedInBoth_hasNoFinding() {
        assertThat(forTwoProviders()
                        .sessionName("{provider}-{subject}")
                        .sourceIdentity("{subject}@{provider}")
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"session-name", "source-identity", "tags.who", "policy"})
    void twoProviders_ofWhichOneNameContinuesTheOther_areFoundInEveryTemplate(String key) throws IOException {
        RoleDraft draft = RoleDraft.assumeRole()
                .admitting(AdmitDraft.everyoneOf(Catalogues.CORP), AdmitDraft.everyoneOf(Catalogues.CORP_EU))
                .sessionName("{provider}@{subject}");
        String template = "{provider}-{subject}";
        switch (key) {
            case "session-name" -> draft.sessionName(template);
            case "source-identity" -> draft.sourceIdentity(template);
            case "tags.who" -> draft.tag("who", template);
            default -> draft.policy(written(STATEMENT.formatted("home/" + template)));
        }

        found(draft, key, "cannot tell corp from corp-eu");
    }

    @Test
    void twoProviders_ofWhichOneNameContinuesTheOther_canBeSeparated() {
        assertThat(RoleDraft.assumeRole()
                        .admitting(AdmitDraft.everyoneOf(Catalogues.CORP), AdmitDraft.everyoneOf(Catalogues.CORP_EU))
                        .sessionName("{provider}@{subject}")
                        .findings())
                .isEmpty();
    }

    @Test
    void oneProvider_admittedTwice_needsNoNameInTheSession() {
        RoleDraft draft = RoleDraft.assumeRole()
                .admitting(
                        AdmitDraft.someOf("corp").whose("groups", AdmitDraft.is("a")),
                        AdmitDraft.someOf("corp").whose("groups", AdmitDraft.is("b")));

        assertThat(draft.findings()).isEmpty();
    }

    // Durations

    @ParameterizedTest
    @ValueSource(strings = {"PT14M59S", "PT12H1S", "PT1H0.5S", "PT-1H"})
    void durations_outsideWhatStsTakes_areFound(String duration) {
        Duration wrong = Duration.parse(duration);

        assertThat(RoleDraft.assumeRole().maxDuration(wrong).findings())
                .singleElement()
                .asString()
                .startsWith("broker.roles.deployer.max-duration: a session lasts 900 to 43200");
        assertThat(RoleDraft.assumeRole().defaultDuration(wrong).findings())
                .singleElement()
                .asString()
                .startsWith("broker.roles.deployer.default-duration: a session lasts 900 to 43200");
    }

    @Test
    void defaultDuration_longerThanTheLongest_isFound() {
        found(
                RoleDraft.assumeRole().defaultDuration(Duration.ofSeconds(7201)).maxDuration(Duration.ofSeconds(7200)),
                "default-duration",
                "is longer than max-duration");
    }

    @Test
    void defaultDuration_equalToTheLongest_hasNoFinding() {
        assertThat(RoleDraft.assumeRole()
                        .defaultDuration(Duration.ofHours(2))
                        .maxDuration(Duration.ofHours(2))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3539, 3540})
    void minRemaining_atMostTheDefaultLessAMinute_hasNoFinding(long seconds) {
        assertThat(RoleDraft.assumeRole()
                        .minRemaining(Duration.ofSeconds(seconds))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 3541})
    void minRemaining_aboveTheDefaultLessAMinute_isFound(long seconds) {
        found(RoleDraft.assumeRole().minRemaining(Duration.ofSeconds(seconds)), "min-remaining", "is at most");
    }

    // Templates and policies

    @ParameterizedTest
    @ValueSource(strings = {"{subject", "subject}", "{}", "{{subject}}", "${subject}", "a{b}c}"})
    void templates_thatAreNone_areFound(String template) {
        found(RoleDraft.assumeRole().sessionName(template), "session-name", "a template names what was verified");
        found(RoleDraft.assumeRole().sourceIdentity(template), "source-identity", "a template names");
        found(RoleDraft.assumeRole().tag("team", template), "tags.team", "a template names");
    }

    @Test
    void policy_withAStatement_hasNoFinding() throws IOException {
        assertThat(RoleDraft.assumeRole()
                        .policy(written(STATEMENT.formatted("arn:aws:s3:::b/{team}/${aws:username}/*")))
                        .findings())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "[]",
                "null",
                "\"\"",
                "{\"Statement\":[]}",
                "{\"Statement\":{}}",
                "{\"Statement\":\"Allow\"}",
                "{\"statement\":[{\"Effect\":\"Allow\"}]}",
                "{\"Statement\":[{\"Effect\":\"Deny\"}],\"Statement\":[{\"Effect\":\"Allow\"}]}",
                "{\"Statement\":[{\"Effect\":\"Deny\",\"Effect\":\"Allow\"}]}",
                "{\"Statement\":[{\"Effect\":\"Allow\"}]} {}",
                "{\"Statement\":[{\"Effect\":\"Allow\"}]",
                "{'Statement':[{'Effect':'Allow'}]}",
                "// none\n{\"Statement\":[{\"Effect\":\"Allow\"}]}"
            })
    void policy_thatIsNone_isFound(String text) throws IOException {
        assertThat(RoleDraft.assumeRole().policy(written(text)).findings())
                .singleElement()
                .asString()
                .matches("broker\\.roles\\.deployer\\.policy: .*session policy is .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{team", "{}", "${team}", "$${aws:username}", "${aws:PrincipalTag/{team}}"})
    void policy_withABadTemplate_isFound(String resource) throws IOException {
        found(
                RoleDraft.assumeRole().policy(written(STATEMENT.formatted(resource))),
                "policy",
                "a template names what was verified");
    }

    @Test
    void policy_thatIsLongerThanStsTakes_isFound() throws IOException {
        int rest = 2048 - STATEMENT.formatted("").length();

        assertThat(RoleDraft.assumeRole()
                        .policy(written(STATEMENT.formatted("r".repeat(rest))))
                        .findings())
                .isEmpty();
        found(
                RoleDraft.assumeRole().policy(written(STATEMENT.formatted("r".repeat(rest + 1)))),
                "policy",
                "1 to 2048 characters");
    }

    @Test
    void policy_ofCharactersThatStsDoesNotTake_isFound() throws IOException {
        found(RoleDraft.assumeRole().policy(written(STATEMENT.formatted("名"))), "policy", "1 to 2048 characters");
    }

    @Test
    void policy_ofAFileThatIsNotThere_isFound() {
        found(RoleDraft.assumeRole().policy(folder.resolve("none.json").toString()), "policy", "cannot be read");
    }

    @Test
    void policy_ofAPathThatNoFileCanHave_isFound() {
        found(RoleDraft.assumeRole().policy("\0"), "policy", "cannot be read");
    }

    @Test
    void policyArns_of11_areFound() {
        String arn = "arn:aws:iam::aws:policy/ReadOnlyAccess";

        assertThat(RoleDraft.assumeRole()
                        .policyArns(arn, arn, arn, arn, arn, arn, arn, arn, arn, arn)
                        .findings())
                .isEmpty();
        found(
                RoleDraft.assumeRole().policyArns(arn, arn, arn, arn, arn, arn, arn, arn, arn, arn, arn),
                "policy-arns",
                "at most 10");
    }

    @Test
    void policyArns_thatAreNone_areFound() {
        found(RoleDraft.assumeRole().policyArns("ReadOnlyAccess"), "policy-arns", "not a policy ARN");
    }

    @Test
    void read_aRoleWithNothingSaid_hasTheDefaults() {
        Role role = RoleDraft.webIdentity().read("uploads");

        assertThat(role.onExcess()).isEqualTo(OnExcess.REJECT);
        assertThat(role.region()).isEqualTo(new AwsRegion("eu-west-1"));
        assertThat(role.sessionName().orElseThrow().places()).containsExactly("subject");
        assertThat(role.policy()).isEmpty();
        assertThat(RoleDraft.saml().read("adfs").sessionName()).isEmpty();
    }

    private static void found(RoleDraft draft, String property, String advice) {
        assertThat(draft.findings())
                .singleElement()
                .asString()
                .startsWith("broker.roles.deployer." + property + ": ")
                .contains(advice);
    }

    private static RoleDraft with(RoleDraft draft, String setting) {
        return switch (setting) {
            case "session-name" -> draft.sessionName("{subject}");
            case "source-identity" -> draft.sourceIdentity("{subject}");
            case "tags" -> draft.tag("team", "a");
            case "transitive-tags" -> draft.tag("team", "a").transitiveTags("team");
            case "external-id" -> draft.externalId("4711");
            default -> throw new IllegalArgumentException(setting);
        };
    }

    private static RoleDraft forTwoProviders() {
        return RoleDraft.assumeRole().admitting(AdmitDraft.everyoneOf("corp"), AdmitDraft.everyoneOf("sso"));
    }

    private String written(String policy) throws IOException {
        return Files.writeString(folder.resolve("policy.json"), policy).toString();
    }
}
