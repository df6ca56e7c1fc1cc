package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.PRODUCTION;
import static dev.credbroker.broker.BrokerWorld.request;
import static dev.credbroker.saml.Edits.set;
import static dev.credbroker.saml.Edits.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.outcome.Issued;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.idp.SamlDraft;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What {@link SeparateSessionsTest} is for tokens, for assertions: two share a session only if all is equal that STS and
 * trust policies read, which IAM's condition keys {@code saml:*} name: every attribute, the NameID with its Format, the
 * Recipient ({@code saml:aud}), issuer and provider ({@code saml:iss}, {@code saml:doc}, {@code saml:namequalifier}).
 */
@Timeout(60)
class SeparateAssertionsTest {

    private static final String MAIL = "urn:oid:0.9.2342.19200300.100.1.3";
    private static final String AFFILIATION = "urn:oid:1.3.6.1.4.1.5923.1.1.1.1";

    @RegisterExtension
    private static final World WORLD = new World();

    private BrokerWorld world;

    @BeforeEach
    void open() {
        world = BrokerWorld.of(WORLD)
                .saml()
                .role("people", "arn:aws:iam::123456789012:role/People", "assume-role")
                .with("people", "admit[0].provider", "adfs")
                .with("people", "admit[0].everyone", "true")
                .warm();
    }

    @AfterEach
    void close() {
        world.close();
    }

    static Stream<List<String>> alike() {
        return Stream.concat(
                SeparateSessionsTest.alike(),
                Stream.of(List.of("alice", "alice\u200B", "al\u00ADice", "\uFEFFalice", "a\u200Dlice", "alice\u2060")));
    }

    @ParameterizedTest
    @MethodSource("alike")
    void names_thatLookAlike_shareNeitherASessionNorItsName(List<String> names) {
        for (String name : names) {
            issued(WORLD.response().nameId(name), PRODUCTION);
            issued(WORLD.response().nameId(name), PRODUCTION);
            issued(toBroker(name), "people");
            issued(toBroker(name), "people");
        }

        assertThat(asked()).hasSize(2 * names.size());
        assertThat(asked().stream().filter(spec -> spec.statement().isEmpty()))
                .extracting(SessionSpec::sessionName)
                .hasSize(names.size())
                .doesNotHaveDuplicates();
    }

    static Stream<Arguments> differing() {
        return Stream.of(
                each("Recipient", draft -> draft.recipient("https://eu-west-1.signin.aws.amazon.com/saml")),
                each("Format", draft -> draft.nameIdFormat("urn:oasis:names:tc:SAML:2.0:nameid-format:transient")),
                each("NameQualifier", draft -> draft.beforeSigning(set("NameID", "NameQualifier", "a"))),
                each("empty NameQualifier", draft -> draft.beforeSigning(set("NameID", "NameQualifier", ""))),
                each("SPNameQualifier", draft -> draft.beforeSigning(set("NameID", "SPNameQualifier", "a"))),
                each("RoleSessionName", draft -> draft.roleSessionName("bob")),
                each("SourceIdentity", draft -> draft.sourceIdentity("bob")),
                each("PrincipalTag", draft -> draft.principalTag("team", "blue")),
                each("another PrincipalTag", draft -> draft.principalTag("Team", "red")),
                each("TransitiveTagKeys", draft -> draft.transitiveTagKeys("team")),
                each("another Role", draft -> draft.role("arn:aws:iam::123456789012:role/Other", World.PROVIDER)),
                each("value", draft -> draft.attribute(MAIL, "b@example.com")),
                each("case", draft -> draft.attribute(MAIL, "A@example.com")),
                each("space", draft -> draft.attribute(MAIL, "a@example.com ")),
                each("empty value", draft -> draft.attribute(MAIL, "")),
                each("no value", draft -> draft.attribute(MAIL)),
                each("no attribute", draft -> draft.withoutAttribute(MAIL)),
                each("name", draft -> draft.withoutAttribute(MAIL).attribute("mail", "a@example.com")),
                each("order of values", draft -> draft.attribute(AFFILIATION, "staff", "member")),
                each("repeated value", draft -> draft.attribute(AFFILIATION, "member", "staff", "staff")),
                each("values in one", draft -> draft.attribute(AFFILIATION, "member,staff")),
                each(
                        "swapped",
                        draft -> draft.attribute(MAIL, "member", "staff").attribute(AFFILIATION, "a@example.com")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("differing")
    void assertionsOfOnePerson_thatDiffer_neverShareASession(String what, UnaryOperator<SamlDraft> change) {
        issued(usual(), PRODUCTION);
        issued(change.apply(usual()), PRODUCTION);
        issued(usual(), PRODUCTION);
        issued(change.apply(usual()), PRODUCTION);

        assertThat(asked()).as(what).hasSize(2).doesNotHaveDuplicates();
    }

    /** No condition key of IAM is about these: how and when somebody signed in, and what the message itself is called. */
    static Stream<Arguments> volatileParts() {
        return Stream.of(
                each("IDs", UnaryOperator.identity()),
                each(
                        "times",
                        draft -> draft.issueInstant(WORLD.clock().instant().minusSeconds(20))
                                .notOnOrAfter(WORLD.clock().instant().plusSeconds(200))),
                each("AuthnContext", draft -> draft.beforeSigning(text("AuthnContextClassRef", "urn:example:mfa"))),
                each("SessionIndex", draft -> draft.beforeSigning(set("AuthnStatement", "SessionIndex", "7"))),
                each(
                        "InResponseTo",
                        draft -> draft.beforeSigning(set("SubjectConfirmationData", "InResponseTo", "_7"))),
                each("FriendlyName", draft -> draft.beforeSigning(set("Attribute", "FriendlyName", "mail"))),
                each("order of attributes", draft -> {
                    draft.withoutAttribute(MAIL);
                    return draft.attribute(MAIL, "a@example.com");
                }));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("volatileParts")
    void assertionsOfOnePerson_thatDifferInWhatNoPolicyCanTest_shareASession(
            String what, UnaryOperator<SamlDraft> change) {
        issued(usual(), PRODUCTION);
        issued(change.apply(usual()), PRODUCTION);

        assertThat(asked()).as(what).hasSize(1);
    }

    private static Arguments each(String what, UnaryOperator<SamlDraft> change) {
        return Arguments.of(what, change);
    }

    private static SamlDraft usual() {
        return WORLD.response()
                .principalTag("team", "red")
                .attribute(MAIL, "a@example.com")
                .attribute(AFFILIATION, "member", "staff");
    }

    private static SamlDraft toBroker(String name) {
        return WORLD.response()
                .nameId(name)
                .audience(BrokerWorld.BROKER_AUDIENCE)
                .recipient(BrokerWorld.BROKER_RECIPIENT)
                .destination(BrokerWorld.BROKER_RECIPIENT);
    }

    private void issued(SamlDraft response, String role) {
        assertThat(world.broker.obtain(request(response, role))).isInstanceOf(Issued.class);
    }

    private List<SessionSpec> asked() {
        return world.sts.asked().stream().map(SessionPlan::spec).toList();
    }
}
