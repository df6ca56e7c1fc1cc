package dev.credbroker.client;

import static dev.credbroker.client.FakeBroker.CREDENTIALS;
import static dev.credbroker.client.FakeBroker.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** Whatever answers: one checked object on standard output, or nothing there, one line and the right exit code. */
class ClientAnswersTest {

    private static final String TOKEN = "header.canary-of-the-token.signature";
    private static final String SESSION = FakeBroker.session(Duration.ofHours(1));

    private record Bad(String name, Fault answer, int code, String told) {

        @Override
        public String toString() {
            return name;
        }
    }

    private static Bad bad(String name, Reply reply, int code, String told) {
        return new Bad(name, Fault.instead(reply), code, told);
    }

    private static Bad changed(String name, String from, String to, String told) {
        assertThat(SESSION).contains(from);
        return bad(name, Reply.json(SESSION.replace(from, to)), 6, told);
    }

    private static Reply html(int status) {
        return Reply.of(status, "text/html", "<html><body>Sign in with %s</body></html>".formatted(TOKEN));
    }

    static final List<Bad> ANSWERS = List.of(
            bad("a page of a proxy", html(200), 6, "not of the broker"),
            bad("a page with 401", html(401), 6, "not in the broker's words"),
            bad("a page with 403", html(403), 6, "not in the broker's words"),
            bad("a page with 502", html(502), 5, "answers 502"),
            bad("nothing", Reply.json(""), 6, "not of the broker"),
            bad("half of it", Reply.json(SESSION.substring(0, SESSION.length() / 2)), 6, "cut off"),
            bad("all but the last brace", Reply.json(SESSION.substring(0, SESSION.length() - 1)), 6, "cut off"),
            bad("two objects", Reply.json(SESSION + SESSION), 6, "not of the broker"),
            bad("a byte order mark", Reply.json("\uFEFF" + SESSION), 6, "not of the broker"),
            bad("a list", Reply.json('[' + SESSION + ']'), 6, "no session in it"),
            bad("far too much", Reply.json('"' + "x".repeat(2_000_000) + '"'), 6, "too large"),
            changed("a version as text", "\"Version\":1", "\"Version\":\"1\"", "Version"),
            changed("another version", "\"Version\":1", "\"Version\":2", "Version"),
            changed("no key id", "AccessKeyId", "accessKeyId", "AccessKeyId"),
            changed("no secret", "\"secret/of+the=session\"", "null", "SecretAccessKey"),
            changed("an empty secret", "secret/of+the=session", "", "SecretAccessKey"),
            changed("a secret that ends the text", "of+the=session", "of\\\"the", "SecretAccessKey"),
            changed("no session token", "SessionToken", "sessionToken", "SessionToken"),
            changed("a line break in the token", "\"token/of+", "\"token\\n/of+", "SessionToken"),
            changed("a raw line break", "\"token/of+", "\"token\n/of+", "not of the broker"),
            changed("a name twice", "\"Version\":1", "\"Version\":1,\"Version\":1", "not of the broker"),
            changed("an account of eleven digits", "123456789012", "12345678901", "AccountId"),
            changed("an end without a zone", "Z\"", "\"", "Expiration"),
            bad("a session that is over", Reply.json(FakeBroker.session(Duration.ofSeconds(-5))), 6, "ends too soon"),
            bad("a redirect", new Reply(302, Map.of("Location", "http://127.0.0.1:9/"), ""), 6, "redirect"),
            bad("a wrong role", problem(403, "RoleNotPermitted", "Ask for it."), 4, "RoleNotPermitted: Ask for it."),
            bad(
                    "a wrong duration",
                    problem(400, "InvalidDuration", "Less."),
                    4,
                    "InvalidDuration: Less. (request request-7)"),
            bad("a token that is over", problem(401, "TokenExpired", "Sign in."), 3, "TokenExpired"),
            bad("an error of the broker", problem(500, "InternalError", "Oh."), 5, "InternalError"),
            bad("a long pause", problem(503, "ServiceUnavailable", "STS.").with("Retry-After", "99"), 5, "STS."),
            bad("an echo of the token", problem(403, "AccessDenied", "not " + TOKEN), 4, "held the token"),
            bad("an echo of a key", problem(403, "AccessDenied", "x" + "Ab1/".repeat(10)), 4, "[...]"),
            bad("colours and lines", problem(403, "AccessDenied", "\\u001b[31m\\r\\nand"), 4, "[31m  and"),
            bad("a code that is none", problem(403, "a b\\u001b", "m"), 6, "not in the broker's words"),
            new Bad("a cut connection", Fault.cut(), 5, "cut the connection"));

    @TempDir
    private Path home;

    private final FakeBroker broker = new FakeBroker();

    @AfterEach
    void end() {
        broker.close();
    }

    private Run get(Client client, String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("--url", broker.url(), "--role", "batch-upload", "--token-env", "TOKEN"));
        arguments.addAll(List.of(more));
        return client.sleepless().with("TOKEN", TOKEN).run(arguments.toArray(String[]::new));
    }

    /** In turn: each costs a process. */
    private static Shell shellFor(int number) {
        return Shell.values()[number % Shell.values().length];
    }

    private static void isOneLineWithoutSecrets(String err) {
        assertThat(err)
                .startsWith("credential-broker: ")
                .hasLineCount(1)
                .matches("[ -~]+")
                .doesNotContain("canary", "Ab1/Ab1/");
    }

    @ParameterizedTest
    @FieldSource("ANSWERS")
    void get_badAnswer_isOneLineAndAnExitCode(Bad bad) {
        broker.faults().always(bad.answer());

        Run run = get(new Client(shellFor(ANSWERS.indexOf(bad)), home), "--timeout", "30");

        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(bad.told());
        isOneLineWithoutSecrets(run.err());
        assertThat(run.code()).isEqualTo(bad.code());
    }

    @ParameterizedTest
    @EnumSource
    void get_session_isTheOnlyThingPrinted(Shell shell) {
        Run run = get(new Client(shell, home), "--duration", "max", "--min-remaining", "600");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .matches("\\{\"Version\":1,\"AccessKeyId\":\"ASIA0123456789ABCDEF\","
                        + "\"SecretAccessKey\":\"secret/of\\+the=session\",\"SessionToken\":\"token/of\\+the\\+session==\","
                        + "\"Expiration\":\"[-0-9T:]+Z\",\"AccountId\":\"123456789012\"}");
        assertThat(broker.requests(CREDENTIALS)).singleElement().satisfies(request -> {
            assertThat(request.parameters().names())
                    .containsExactlyInAnyOrder("role", "durationSeconds", "minRemainingSeconds", "token");
            assertThat(request.parameters().first("token")).contains(TOKEN);
            assertThat(request.header("Authorization")).isEmpty();
        });
    }

    @Test
    void get_expirationInPartsThatLookOctal_isUnderstood() {
        broker.reply(
                CREDENTIALS,
                Reply.json(SESSION.replaceFirst("\"Expiration\":\"[^\"]*", "\"Expiration\":\"2099-08-09T08:09:08Z")));

        assertThat(get(new Client(Shell.DASH, home)).out()).contains("\"2099-08-09T08:09:08Z\"");
    }

    @ParameterizedTest
    @EnumSource
    void get_throttledOnce_waitsAsLongAsItIsAskedTo(Shell shell) {
        Client client = new Client(shell, home);
        broker.faults()
                .next(
                        1,
                        Fault.instead(
                                problem(429, "ThrottlingException", "Later.").with("Retry-After", "7")));

        Run run = get(client);

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(client.slept()).containsExactly("7");
        assertThat(broker.requests(CREDENTIALS)).hasSize(2);
    }

    @Test
    void get_pauseLongerThanItsTime_endsAtOnce() {
        Client client = new Client(Shell.DASH, home);
        broker.faults()
                .always(Fault.instead(
                        problem(429, "ThrottlingException", "Later.").with("Retry-After", "50")));

        Run run = get(client, "--timeout", "50");

        assertThat(run.code()).isEqualTo(5);
        assertThat(client.slept()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void get_brokerThatHangs_endsInTime(Shell shell) {
        broker.faults().hold();

        Run run = get(new Client(shell, home), "--timeout", "1");

        assertThat(run.code()).isEqualTo(5);
        isOneLineWithoutSecrets(run.err());
    }

    @ParameterizedTest
    @EnumSource
    void get_roleOfOddCharacters_arrivesAsItIs(Shell shell) {
        String role = "a b&token=x%20+\"'\\$(id)`id`;#?/../";

        new Client(shell, home).with("TOKEN", TOKEN).run("--url", broker.url(), "--token-env", "TOKEN", "--role", role);

        assertThat(broker.requests(CREDENTIALS))
                .singleElement()
                .satisfies(
                        request -> assertThat(request.parameters().all("role")).containsExactly(role));
    }

    static final List<String> NO_TOKENS = List.of(
            "", "\n", "a b", "a\"b", "a\\b", "a'b", "a%b", "a\nb", "a\rb", "a&token=b", "é", "x".repeat(20_001));

    @ParameterizedTest
    @FieldSource("NO_TOKENS")
    void get_whatIsNoToken_isSentNowhere(String token) {
        Run run = new Client(shellFor(NO_TOKENS.indexOf(token)), home)
                .with("TOKEN", token)
                .run("--url", broker.url(), "--role", "r", "--token-env", "TOKEN");

        assertThat(run.code()).isEqualTo(3);
        isOneLineWithoutSecrets(run.err());
        assertThat(broker.requests(CREDENTIALS)).isEmpty();
    }
}
