package dev.credbroker.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.ExternalId;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.RoleSessionName;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.aws.SessionPolicies;
import dev.credbroker.aws.SessionTags;
import dev.credbroker.aws.SourceIdentity;
import dev.credbroker.identity.Identities;
import dev.credbroker.roles.RoleDraft;
import dev.credbroker.session.Planning.Unfit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpecWriterTest {

    private static final String ADFS_PRODUCTION = "arn:aws:iam::123456789012:role/ADFS-Production";
    private static final String ADFS = "arn:aws:iam::123456789012:saml-provider/ADFS";
    private static final String READ_ONLY = "arn:aws:iam::aws:policy/ReadOnlyAccess";

    @TempDir
    private Path folder;

    @Test
    void write_assumeRole_saysWhoAsksAndNothingOfTheProof() {
        SessionSpec spec = spec(RoleDraft.assumeRole(), Identities.oidc());

        assertThat(spec.provider()).isEqualTo("corp");
        assertThat(spec.issuer()).isEqualTo("https://idp.example.com/realms/corp");
        assertThat(spec.subject()).containsExactly("alice");
        assertThat(spec.sessionName()).contains(new RoleSessionName("alice"));
        assertThat(spec.region()).isEqualTo(new AwsRegion("eu-west-1"));
        assertThat(spec.statement()).isEmpty();
        assertThat(spec.samlProvider()).isEmpty();
    }

    @Test
    void write_assumeRoleWithNothingMore_leavesItAbsent() {
        SessionSpec spec = spec(RoleDraft.assumeRole(), Identities.oidc());

        assertThat(spec.sourceIdentity()).isEmpty();
        assertThat(spec.tags()).isEqualTo(SessionTags.NONE);
        assertThat(spec.policies()).isEqualTo(SessionPolicies.NONE);
        assertThat(spec.externalId()).isEmpty();
    }

    @Test
    void write_webIdentity_saysTheDigestOfTheToken() {
        SessionSpec spec = spec(RoleDraft.webIdentity(), Identities.oidc().statement("digest"));

        assertThat(spec.statement()).contains("digest");
        assertThat(spec.sessionName()).contains(new RoleSessionName("alice"));
    }

    @Test
    void write_saml_saysProviderAndDigestAndTheAssertionsSessionName() {
        Identities identity = Identities.saml()
                .role(ADFS_PRODUCTION, ADFS)
                .roleSessionName("alice@example.com")
                .statement("digest")
                .subject("alice", "-format", "", "-qualifier");

        SessionSpec spec = spec(RoleDraft.saml(), identity);

        assertThat(spec.role()).isEqualTo(RoleArn.parse(ADFS_PRODUCTION));
        assertThat(spec.samlProvider()).contains(SamlProviderArn.parse(ADFS));
        assertThat(spec.statement()).contains("digest");
        assertThat(spec.sessionName()).contains(new RoleSessionName("alice@example.com"));
        assertThat(spec.subject()).containsExactly("alice", "-format", "", "-qualifier");
    }

    /** STS refuses such an assertion, and says why. */
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "John Doe"})
    void write_samlWhoseSessionNameIsNone_leavesItAbsent(String name) {
        Identities identity = Identities.saml().role(ADFS_PRODUCTION, ADFS).roleSessionName(name);

        assertThat(spec(RoleDraft.saml(), identity).sessionName()).isEmpty();
    }

    @Test
    void sessionName_ofATemplate_isFilled() {
        RoleDraft role = RoleDraft.assumeRole().sessionName("{provider}-{team}-{subject}");

        assertThat(spec(role, Identities.oidc().attribute("team", "red")).sessionName())
                .contains(new RoleSessionName("corp-red-alice"));
    }

    @Test
    void sessionName_thatAwsDoesNotTake_isRewritten() {
        assertThat(spec(RoleDraft.assumeRole(), Identities.oidc().subject("John Doe/äö"))
                        .sessionName()
                        .orElseThrow()
                        .text())
                .matches("John_Doe___=[A-Za-z0-9_-]{10}");
    }

    @Test
    void sessionName_thatOtherValuesWouldMakeToo_isRewritten() {
        RoleDraft role = RoleDraft.assumeRole().sessionName("{team}-{subject}");

        assertThat(spec(role, Identities.oidc().attribute("team", "a").subject("b-c"))
                        .sessionName())
                .contains(new RoleSessionName("a-b-c"));
        assertThat(spec(role, Identities.oidc().attribute("team", "a-b").subject("c"))
                        .sessionName()
                        .orElseThrow()
                        .text())
                .matches("a-b-c=[A-Za-z0-9_-]{10}");
    }

    @Test
    void sourceIdentityAndTags_thatOtherValuesWouldMakeToo_areUnfit() {
        Identities identity = Identities.oidc().attribute("team", "a-b").subject("c");

        assertThat(Requests.of(RoleDraft.assumeRole().sourceIdentity("{team}-{subject}"), identity)
                        .plan())
                .isEqualTo(new Unfit("source-identity"));
        assertThat(Requests.of(RoleDraft.assumeRole().tag("who", "{team}-{subject}"), identity)
                        .plan())
                .isEqualTo(new Unfit("tags.who"));
    }

    @Test
    void sessionName_ofAnAbsentAttribute_isUnfit() {
        assertThat(Requests.of(RoleDraft.assumeRole().sessionName("{team}"), Identities.oidc())
                        .plan())
                .isEqualTo(new Unfit("session-name"));
    }

    @Test
    void sourceIdentity_ofATemplate_isFilled() {
        assertThat(spec(RoleDraft.assumeRole().sourceIdentity("{provider}.{subject}"), Identities.oidc())
                        .sourceIdentity())
                .contains(new SourceIdentity("corp.alice"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"John Doe", "a", "ä ö", "auth0|4711", "alice\n"})
    void sourceIdentity_thatAwsDoesNotTake_isUnfitAndNeverRewritten(String subject) {
        assertThat(Requests.of(
                                RoleDraft.assumeRole().sourceIdentity("{subject}"),
                                Identities.oidc().subject(subject))
                        .plan())
                .isEqualTo(new Unfit("source-identity"));
    }

    @Test
    void sourceIdentity_of65Characters_isUnfit() {
        RoleDraft role = RoleDraft.assumeRole().sourceIdentity("{subject}");

        assertThat(spec(role, Identities.oidc().subject("n".repeat(64))).sourceIdentity())
                .isPresent();
        assertThat(Requests.of(role, Identities.oidc().subject("n".repeat(65))).plan())
                .isEqualTo(new Unfit("source-identity"));
    }

    @Test
    void tags_ofTemplates_areFilled() {
        RoleDraft role = RoleDraft.assumeRole()
                .tag("team", "{team}")
                .tag("paid by", "unit 7")
                .transitiveTags("team");

        assertThat(spec(role, Identities.oidc().attribute("team", "Größe 名")).tags())
                .isEqualTo(SessionTags.of(Map.of("team", "Größe 名", "paid by", "unit 7"), Set.of("team")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "a\"b", "a,b", "${aws:username}"})
    void tags_thatAwsDoesNotTake_areUnfit(String value) {
        assertThat(Requests.of(
                                RoleDraft.assumeRole().tag("team", "{team}"),
                                Identities.oidc().attribute("team", value))
                        .plan())
                .isEqualTo(new Unfit("tags"));
    }

    @Test
    void tags_of257Characters_areUnfit() {
        RoleDraft role = RoleDraft.assumeRole().tag("team", "{team}");

        assertThat(spec(role, Identities.oidc().attribute("team", "t".repeat(256)))
                        .tags()
                        .values())
                .hasSize(1);
        assertThat(Requests.of(role, Identities.oidc().attribute("team", "t".repeat(257)))
                        .plan())
                .isEqualTo(new Unfit("tags"));
    }

    @Test
    void attribute_withSeveralValues_hasNoneToFillIn() {
        Identities identity = Identities.oidc().attribute("team", "red", "blue");

        assertThat(Requests.of(RoleDraft.assumeRole().tag("team", "{team}"), identity)
                        .plan())
                .isEqualTo(new Unfit("tags.team"));
        assertThat(Requests.of(RoleDraft.assumeRole().sessionName("{team}"), identity)
                        .plan())
                .isEqualTo(new Unfit("session-name"));
    }

    @Test
    void attribute_namedSubjectOrProvider_neverStandsInForThem() {
        Identities identity = Identities.oidc().attribute("subject", "root").attribute("provider", "other");

        assertThat(spec(RoleDraft.assumeRole().sessionName("{provider}-{subject}"), identity)
                        .sessionName())
                .contains(new RoleSessionName("corp-alice"));
    }

    @Test
    void policy_ofATemplate_isFilled() throws IOException {
        RoleDraft role = RoleDraft.assumeRole()
                .policy(written("{\"Statement\": [{\"Resource\": \"a/{team}/${aws:username}\"}]}"))
                .policyArns(READ_ONLY);

        SessionPolicies policies =
                spec(role, Identities.oidc().attribute("team", "red")).policies();

        assertThat(policies.inline()).contains("{\"Statement\":[{\"Resource\":\"a/red/${aws:username}\"}]}");
        assertThat(policies.managed()).containsExactly(READ_ONLY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "red/*", "red\"", "../blue", "${aws:username}", "red blue"})
    void policy_withAnyValueThatCouldWidenIt_isUnfit(String team) throws IOException {
        RoleDraft role = RoleDraft.assumeRole().policy(written("{\"Statement\": [{\"Resource\": \"a/{team}\"}]}"));

        assertThat(Requests.of(role, Identities.oidc().attribute("team", team)).plan())
                .isEqualTo(new Unfit("policy"));
    }

    @Test
    void policy_withAnAbsentAttribute_isUnfitAndNeverLeftOut() throws IOException {
        RoleDraft role = RoleDraft.assumeRole().policy(written("{\"Statement\": [{\"Resource\": \"a/{team}\"}]}"));

        assertThat(Requests.of(role, Identities.oidc()).plan()).isEqualTo(new Unfit("policy"));
    }

    @Test
    void policy_thatAValueMakesTooLong_isUnfit() throws IOException {
        String policy = "{\"Statement\":[{\"Resource\":\"" + "r".repeat(2000) + "{team}\"}]}";
        RoleDraft role = RoleDraft.assumeRole().policy(written(policy));
        int rest = 2048 - policy.replace("{team}", "").length();

        assertThat(spec(role, Identities.oidc().attribute("team", "t".repeat(rest)))
                        .policies()
                        .inline()
                        .orElseThrow())
                .hasSize(2048);
        assertThat(Requests.of(role, Identities.oidc().attribute("team", "t".repeat(rest + 1)))
                        .plan())
                .isEqualTo(new Unfit("policy"));
    }

    @Test
    void externalIdAndRegion_ofTheRole_areWritten() {
        RoleDraft role = RoleDraft.assumeRole().externalId("4711").region("eu-central-1");

        assertThat(spec(role, Identities.oidc()).externalId()).contains(new ExternalId("4711"));
        assertThat(spec(role, Identities.oidc()).region()).isEqualTo(new AwsRegion("eu-central-1"));
    }

    private static SessionSpec spec(RoleDraft role, Identities identity) {
        return Requests.of(role, identity).planned().spec();
    }

    private String written(String policy) throws IOException {
        return Files.writeString(folder.resolve("policy.json"), policy).toString();
    }
}
