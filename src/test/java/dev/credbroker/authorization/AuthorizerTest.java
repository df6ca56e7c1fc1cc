package dev.credbroker.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.authorization.Decision.Denied;
import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.authorization.Decision.Reason;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.identity.Identities;
import dev.credbroker.roles.AdmitDraft;
import dev.credbroker.roles.Catalogues;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.RoleDraft;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizerTest {

    private static final String DEPLOYER = "arn:aws:iam::123456789012:role/Deployer";
    private static final String ADFS_PRODUCTION = "arn:aws:iam::123456789012:role/ADFS-Production";
    private static final String ADFS = "arn:aws:iam::123456789012:saml-provider/ADFS";
    private static final String TEAM_ROLE = "arn:aws:iam::000000000001:role/teams/Upload";
    private static final String TEAM_PROVIDER = "arn:aws:iam::000000000001:saml-provider/ADFS";

    private final Authorizer authorizer = new Authorizer(Catalogues.of(Map.of(
            "deployer",
                    RoleDraft.assumeRole()
                            .sessionName("{provider}-{subject}")
                            .admitting(
                                    AdmitDraft.someOf("corp")
                                            .whose("groups", AdmitDraft.isAnyOf("deployers", "admins")),
                                    AdmitDraft.everyoneOf("sso")),
            "uploads",
                    RoleDraft.webIdentity()
                            .sessionName("{provider}-{subject}")
                            .admitting(AdmitDraft.everyoneOf("corp"), AdmitDraft.everyoneOf("ci")),
            "batches", RoleDraft.webIdentity().arn("arn:aws:iam::*:role/batches/*"),
            "production", RoleDraft.saml().admitting(AdmitDraft.everyoneOf("adfs"), AdmitDraft.everyoneOf("sso")),
            "teams", RoleDraft.saml().arn("arn:aws:iam::*:role/teams/*"))));

    @Test
    void decide_anAdmittedIdentity_isGrantedTheRole() {
        Granted granted = granted(Identities.oidc().attribute("groups", "staff", "deployers"), "deployer");

        assertThat(granted.arn()).isEqualTo(RoleArn.parse(DEPLOYER));
        assertThat(granted.role().name()).isEqualTo("deployer");
        assertThat(granted.identity().subject()).isEqualTo("alice");
        assertThat(granted.samlProvider()).isEmpty();
    }

    @Test
    void decide_byArn_isGrantedAsByName() {
        Granted granted = granted(Identities.oidc().attribute("groups", "admins"), DEPLOYER);

        assertThat(granted.role().name()).isEqualTo("deployer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "Deployer",
                "",
                "arn:aws:iam::123456789012:role/deployer",
                "arn:aws:iam::*:role/teams/*"
            })
    void decide_anUnknownRole_isDenied(String asked) {
        assertThat(reason(Identities.oidc().attribute("groups", "deployers"), asked))
                .isEqualTo(Reason.UNKNOWN_ROLE);
    }

    @Test
    void decide_withoutTheAttribute_isDenied() {
        assertThat(reason(Identities.oidc(), "deployer")).isEqualTo(Reason.NOT_ADMITTED);
    }

    @Test
    void decide_withAnotherValue_isDenied() {
        assertThat(reason(Identities.oidc().attribute("groups", "Deployers", "deployers "), "deployer"))
                .isEqualTo(Reason.NOT_ADMITTED);
    }

    @Test
    void decide_ofAProviderThatIsNotAdmitted_isDenied() {
        Identities ci = Identities.oidc().provider("ci").attribute("groups", "deployers");

        assertThat(reason(ci, "deployer")).isEqualTo(Reason.NOT_ADMITTED);
    }

    // assume-role

    @Test
    void assumeRole_withATokenForAwsOnly_isDenied() {
        Identities forAws = Identities.oidc().attribute("groups", "deployers").addressed(false, true);

        assertThat(reason(forAws, "deployer")).isEqualTo(Reason.WRONG_ADDRESSEE);
    }

    @Test
    void assumeRole_withAnAssertionForAws_isDenied() {
        Identities forAws = Identities.saml().provider("sso").role(DEPLOYER, ADFS);

        assertThat(reason(forAws, "deployer")).isEqualTo(Reason.WRONG_ADDRESSEE);
    }

    @Test
    void assumeRole_withAnAssertionForTheBroker_isGranted() {
        Identities forBroker = Identities.saml().provider("sso").addressed(true, false);

        assertThat(granted(forBroker, "deployer").samlProvider()).isEmpty();
    }

    @Test
    void assumeRole_withATokenThatStsCouldNotRead_isGranted() {
        Identities ps256 = Identities.oidc().attribute("groups", "deployers").unreadableBySts();

        assertThat(granted(ps256, "deployer").role().name()).isEqualTo("deployer");
    }

    // assume-role-with-web-identity

    @Test
    void webIdentity_withATokenForTheBrokerOrForAws_isGranted() {
        assertThat(granted(Identities.oidc(), "uploads").role().name()).isEqualTo("uploads");
        assertThat(granted(Identities.oidc().provider("ci").addressed(false, true), "uploads")
                        .role()
                        .name())
                .isEqualTo("uploads");
    }

    @Test
    void webIdentity_withATokenThatStsCouldNotRead_isDenied() {
        assertThat(reason(Identities.oidc().unreadableBySts(), "uploads")).isEqualTo(Reason.WRONG_KIND_OF_PROOF);
    }

    @Test
    void webIdentity_withAnAssertion_isDenied() {
        Identities assertion = Identities.saml().provider("corp").addressed(true, true);

        assertThat(reason(assertion, "uploads")).isEqualTo(Reason.WRONG_KIND_OF_PROOF);
    }

    @Test
    void webIdentity_ofAPattern_isGrantedByArnOnly() {
        String arn = "arn:aws:iam::000000000001:role/batches/Night";

        assertThat(granted(Identities.oidc(), arn).arn()).isEqualTo(RoleArn.parse(arn));
        assertThat(reason(Identities.oidc(), "batches")).isEqualTo(Reason.UNKNOWN_ROLE);
    }

    // assume-role-with-saml

    @Test
    void saml_withAnAssertionThatNamesTheRole_isGrantedWithItsProvider() {
        Granted granted = granted(Identities.saml().role(ADFS_PRODUCTION, ADFS), "production");

        assertThat(granted.samlProvider()).contains(SamlProviderArn.parse(ADFS));
    }

    @Test
    void saml_withAnAssertionThatNamesAnotherRole_isDenied() {
        assertThat(reason(Identities.saml().role(DEPLOYER, ADFS), "production"))
                .isEqualTo(Reason.NOT_NAMED_IN_ASSERTION);
    }

    @Test
    void saml_withAnAssertionForTheBroker_isDenied() {
        Identities forBroker = Identities.saml().role(ADFS_PRODUCTION, ADFS).addressed(true, false);

        assertThat(reason(forBroker, "production")).isEqualTo(Reason.WRONG_ADDRESSEE);
    }

    @Test
    void saml_withAToken_isDenied() {
        Identities token = Identities.oidc().provider("adfs").addressed(true, true);

        assertThat(reason(token, "production")).isEqualTo(Reason.WRONG_KIND_OF_PROOF);
    }

    @Test
    void saml_ofAPattern_isGrantedForTheArnThatIsNamed() {
        Granted granted = granted(Identities.saml().role(TEAM_ROLE, TEAM_PROVIDER), TEAM_ROLE);

        assertThat(granted.arn()).isEqualTo(RoleArn.parse(TEAM_ROLE));
        assertThat(granted.samlProvider()).contains(SamlProviderArn.parse(TEAM_PROVIDER));
    }

    @Test
    void saml_ofAPattern_isDeniedForAnArnThatIsNotNamed() {
        assertThat(reason(
                        Identities.saml().role(TEAM_ROLE, TEAM_PROVIDER),
                        "arn:aws:iam::000000000002:role/teams/Upload"))
                .isEqualTo(Reason.NOT_NAMED_IN_ASSERTION);
    }

    // What is permitted

    @Test
    void permitted_toAToken_isWhatItOpensPatternsIncluded() {
        assertThat(permitted(Identities.oidc())).containsExactly("batches", "uploads");
        assertThat(permitted(Identities.oidc().attribute("groups", "admins")))
                .containsExactly("batches", "deployer", "uploads");
    }

    @Test
    void permitted_toATokenForAws_leavesAssumeRoleOut() {
        assertThat(permitted(Identities.oidc().attribute("groups", "admins").addressed(false, true)))
                .containsExactly("batches", "uploads");
    }

    @Test
    void permitted_toAnAssertion_isWhatItNames() {
        assertThat(permitted(Identities.saml())).isEmpty();
        assertThat(permitted(Identities.saml().role(ADFS_PRODUCTION, ADFS))).containsExactly("production");
        assertThat(permitted(Identities.saml().role(TEAM_ROLE, TEAM_PROVIDER))).containsExactly("teams");
    }

    @Test
    void permitted_toAStranger_isNothing() {
        assertThat(permitted(Identities.oidc().provider("stranger"))).isEmpty();
    }

    @Test
    void reasons_inTheAuditLog_areWordsWithHyphens() {
        assertThat(Reason.NOT_NAMED_IN_ASSERTION).hasToString("not-named-in-assertion");
    }

    private Granted granted(Identities identity, String asked) {
        return (Granted) authorizer.decide(identity.verified(), asked);
    }

    private Reason reason(Identities identity, String asked) {
        return ((Denied) authorizer.decide(identity.verified(), asked)).reason();
    }

    private List<String> permitted(Identities identity) {
        return authorizer.permitted(identity.verified()).stream()
                .map(Role::name)
                .toList();
    }
}
