package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.BATCH;
import static dev.credbroker.broker.BrokerWorld.DEPLOYER;
import static dev.credbroker.broker.BrokerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.util.RawValue;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.idp.TokenDraft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two callers with tokens share a session only if nothing that STS or a trust policy could see tells them apart; and
 * people who look alike are still two.
 */
@Timeout(60)
class SeparateSessionsTest {

    @RegisterExtension
    private static final World WORLD = new World();

    private BrokerWorld world;

    @BeforeEach
    void open() {
        world = BrokerWorld.warm(WORLD);
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** Case, Unicode's forms, what looks alike or is folded alike, what is rewritten alike, and what looks rewritten. */
    static Stream<List<String>> alike() {
        return Stream.of(
                List.of("alice", "Alice", "ALICE"),
                List.of("ren\u00E9", "rene\u0301", "rene"),
                List.of("\u212Bngstrom", "\u00C5ngstrom", "A\u030Angstrom"),
                List.of("ID", "id", "\u0131d", "\u0130D", "i\u0307d"),
                List.of("stra\u00DFe", "strasse", "STRASSE", "stra\u1E9Ee"),
                List.of("alice", "\u0430lice", "a\u217Cice", "al\u0456ce"),
                List.of("fine", "\uFB01ne", "\uFF46ine"),
                List.of("alice", "alice ", " alice", "alice\u00A0", "alice\u3000", "al ice"),
                List.of("a b", "a/b", "a|b", "a_b", "a\\b", "a:b", "a;b", "a\"b", "a'b"),
                List.of("a,b", "a, b", "a", "a,", ",a"),
                List.of("*", "?", "%", "\u00E9", "_", "__"),
                List.of("\uD83D\uDE00", "\uD83D\uDE01", "\uD83D\uDE00\uD83D\uDE00"),
                List.of("n".repeat(53), "n".repeat(64), "n".repeat(65), "n".repeat(66), "n".repeat(255)),
                List.of("a b", "a_b=" + "0".repeat(10), "a_b=" + "0".repeat(11), "a_b="));
    }

    @ParameterizedTest
    @MethodSource("alike")
    void subjects_thatLookAlike_shareNeitherASessionNorItsName(List<String> subjects) {
        for (String role : List.of(BATCH, DEPLOYER)) {
            subjects.forEach(subject -> issued(anyone().subject(subject), role));
            subjects.forEach(subject -> issued(anyone().subject(subject), role));
        }

        assertThat(asked()).hasSize(2 * subjects.size());
        assertThat(asked().stream().filter(spec -> spec.statement().isPresent()))
                .extracting(SessionSpec::sessionName)
                .hasSize(subjects.size())
                .doesNotHaveDuplicates();
        assertThat(asked().stream().filter(spec -> spec.statement().isEmpty()))
                .extracting(SessionSpec::sessionName)
                .hasSize(subjects.size())
                .doesNotHaveDuplicates();
    }

    /** One that was rewritten is called what nobody else can be called, also not on purpose. */
    @Test
    void subject_thatIsCalledWhatAnotherWasRewrittenTo_sharesNoName() {
        issued(anyone().subject("a b"), BATCH);
        String rewritten = asked().getFirst().sessionName().orElseThrow().text();

        issued(anyone().subject(rewritten), BATCH);

        assertThat(rewritten).matches("a_b=[A-Za-z0-9_-]{10}");
        assertThat(asked()).extracting(SessionSpec::sessionName).hasSize(2).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice\u200B", "al\u00ADice", "\uFEFFalice", "\u202Ealice", "alice\u0000", "a\u2028b", ""})
    void subject_thatHidesSomething_isNobodyThoughASessionIsHeld(String subject) {
        issued(anyone().subject("alice"), BATCH);

        assertThat(world.broker.obtain(request(anyone().subject(subject).sign())))
                .isEqualTo(new Refusal.Unverified("subject"));
        assertThat(world.sts.calls()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "https://idp.example.com, https://idp.example.com/",
        "https://idp.example.com, https://IDP.example.com",
        "https://idp.example.com, https://idp.example.com:443",
        "https://idp.example.com, https://idp.ex\u0430mple.com",
        "https://idp.example.com/a, https://idp.example.com/%61"
    })
    void issuers_thatLookAlike_shareNeitherASessionNorItsName(String one, String other) {
        reopen(BrokerWorld.of(WORLD)
                .issuer("one", one)
                .issuer("other", other)
                .role("shared", "arn:aws:iam::123456789012:role/Shared", "assume-role")
                .with("shared", "session-name", "{provider}-{subject}")
                .with("shared", "admit[0].provider", "one")
                .with("shared", "admit[0].everyone", "true")
                .with("shared", "admit[1].provider", "other")
                .with("shared", "admit[1].everyone", "true"));

        issued(anyone().claim("iss", one), "shared");
        issued(anyone().claim("iss", other), "shared");

        assertThat(asked()).extracting(SessionSpec::sessionName).hasSize(2).doesNotHaveDuplicates();
    }

    // What a trust policy could test

    static Stream<List<Map<String, ?>>> claims() {
        return Stream.of(
                List.of(
                        Map.of("job_workflow_ref", "octo/a/.github/workflows/build.yml@refs/heads/main"),
                        Map.of("job_workflow_ref", "octo/a/.github/workflows/build.yml@refs/heads/other")),
                List.of(Map.of("azp", "web"), Map.of("azp", "app"), Map.of()),
                List.of(Map.of("amr", List.of("pwd", "mfa")), Map.of("amr", List.of("mfa", "pwd")), Map.of()),
                List.of(
                        Map.of("azp", "web", "aud", World.AUDIENCE),
                        Map.of("azp", "web", "aud", List.of(World.AUDIENCE)),
                        Map.of("azp", "web", "aud", List.of(World.AUDIENCE, "other")),
                        Map.of("azp", "web", "aud", List.of("other", World.AUDIENCE))),
                List.of(
                        Map.of("https://aws.amazon.com/source_identity", "alice"),
                        Map.of("https://aws.amazon.com/source_identity", "bob")),
                List.of(
                        Map.of("https://aws.amazon.com/tags", Map.of("principal_tags", Map.of("team", List.of("a")))),
                        Map.of("https://aws.amazon.com/tags", Map.of("principal_tags", Map.of("team", List.of("b"))))),
                List.of(values("1"), values("1.0"), values("1e0"), values("\"1\""), values("[1]"), values("true")),
                List.of(values("true"), values("\"true\""), values("false"), values("null"), Map.of()),
                List.of(values("\"\""), values("[]"), values("{}"), values("[\"\"]"), values("[[]]"), Map.of()),
                List.of(
                        values("[\"a\",\"b\"]"),
                        values("[\"b\",\"a\"]"),
                        values("[\"a,b\"]"),
                        values("[\"a\",[\"b\"]]")),
                List.of(values("{\"y\":1}"), values("{\"y\":2}"), values("[{\"y\":1}]"), Map.of("x.y", 1)),
                List.of(values("{\"jti\":1}"), values("{\"jti\":2}"), Map.of("JTI", 1), Map.of("JTI", 2)),
                List.of(Map.of("a", "b", "c", "d"), Map.of("a", "d", "c", "b"), Map.of("a", "b\",\"c\":\"d")),
                List.of(values("\"\u00E9\""), values("\"e\u0301\""), Map.of("\u00E9", 1), Map.of("e\u0301", 1)));
    }

    @ParameterizedTest
    @MethodSource("claims")
    void tokensOfOnePerson_thatDifferInAClaim_neverShareAPassedOnSession(List<Map<String, ?>> differing) {
        differing.forEach(claims -> issued(anyone().claims(claims), BATCH));
        differing.forEach(claims -> issued(anyone().claims(claims), BATCH));

        assertThat(asked()).hasSize(differing.size());
    }

    /** The broker's own session knows nothing of the token but what its templates take. */
    @Test
    void tokensOfOnePerson_thatDifferInAClaim_shareTheBrokersOwnSession() {
        issued(anyone().claim("job_workflow_ref", "a"), DEPLOYER);
        issued(anyone().claim("job_workflow_ref", "b"), DEPLOYER);

        assertThat(asked()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "jti, one, other",
        "iat, 1795521599, 1795521598",
        "nbf, 1795521599, 1795521598",
        "exp, 1795525200, 1795525201",
        "auth_time, 1795521599, 1795521598",
        "sid, one, other",
        "nonce, one, other",
        "at_hash, one, other"
    })
    void tokensOfOnePerson_thatDifferInWhatIsVolatile_shareASession(String claim, String one, String other) {
        issued(anyone().claim(claim, value(one)), BATCH);
        issued(anyone().claim(claim, value(other)), BATCH);
        issued(anyone().withoutClaim("jti"), BATCH);

        assertThat(asked()).hasSize(1);
    }

    /**
     * Which key and algorithm signed a token is no claim: no trust policy can test it, and whether STS takes the
     * algorithm at all is judged on every request.
     */
    @Test
    void tokensOfOnePerson_signedOtherwise_shareASessionUnlessStsCannotReadThem() {
        issued(anyone().algorithm(JwtAlgorithm.RS256), BATCH);
        issued(anyone().algorithm(JwtAlgorithm.ES256), BATCH);

        assertThat(world.broker.obtain(
                        request(anyone().algorithm(JwtAlgorithm.PS256).sign())))
                .isEqualTo(new Refusal.RoleNotPermitted("wrong-kind-of-proof"));
        assertThat(asked()).hasSize(1);
    }

    // What the broker's own call says

    @ParameterizedTest
    @CsvSource({"name, name-of-", "email, a@", "team, red-", "project, p-"})
    void tokensOfOnePerson_thatFillATemplateOtherwise_neverShareASession(
            String claim, String value, @TempDir Path folder) throws IOException {
        String policy = "{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"s3:Get*\",\"Resource\":\"{project}\"}]}";
        reopen(BrokerWorld.of(WORLD)
                .role("filled", "arn:aws:iam::123456789012:role/Filled", "assume-role")
                .with("filled", "admit[0].everyone", "true")
                .with("filled", "session-name", "{name}")
                .with("filled", "source-identity", "{email}")
                .with("filled", "tags.team", "{team}")
                .with(
                        "filled",
                        "policy",
                        Files.writeString(folder.resolve("policy.json"), policy).toString()));
        Map<String, String> usual = Map.of("name", "alice", "email", "alice@", "team", "red", "project", "p");

        issued(anyone().claims(usual).claim("color", "blue"), "filled");
        issued(anyone().claims(usual).claim(claim, value + "1"), "filled");
        issued(anyone().claims(usual).claim(claim, value + "2"), "filled");
        issued(anyone().claims(usual), "filled");

        assertThat(asked()).hasSize(3).doesNotHaveDuplicates();
    }

    private void reopen(BrokerWorld.Draft draft) {
        world.close();
        world = draft.warm();
    }

    /** Of alice, who may have all roles, until somebody else is named. */
    private static TokenDraft anyone() {
        return WORLD.token()
                .claim("groups", List.of("uploaders", "deployers"))
                .claim("email", "one.and.all@example.com");
    }

    private static Map<String, ?> values(String json) {
        return Map.of("x", new RawValue(json));
    }

    private static Object value(String text) {
        return text.matches("[0-9]+") ? Long.valueOf(text) : text;
    }

    private void issued(TokenDraft token, String role) {
        assertThat(world.broker.obtain(request(token.sign(), role))).isInstanceOf(Issued.class);
    }

    private List<SessionSpec> asked() {
        return world.sts.asked().stream().map(SessionPlan::spec).toList();
    }
}
