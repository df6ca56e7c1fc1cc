package dev.credbroker.client;

import static dev.credbroker.client.FakeBroker.CREDENTIALS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import dev.credbroker.client.Client.Started;
import dev.credbroker.simulator.http.Gate;
import dev.credbroker.simulator.http.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

/** A person signs in by the device authorization grant (RFC 8628), against an authorization server that says anything. */
class ClientLoginTest {

    private static final String DISCOVERY = "/idp/.well-known/openid-configuration";
    private static final String DEVICE = "/idp/device";
    private static final String TOKENS = "/idp/token";
    private static final String REVOCATION = "/idp/revoke";

    /** Characters that would end a word, a text or a line somewhere. */
    private static final String REFRESH_TOKEN = "refresh-canary'%+&=";

    @TempDir
    private Path home;

    private final FakeBroker world = new FakeBroker();

    @BeforeEach
    void describe() {
        world.reply(DISCOVERY, discovery(issuer()));
        world.reply(DEVICE, Reply.json("""
                {"device_code":"device-canary+&","user_code":"ABCD-EFGH","verification_uri":"https:\\/\\/idp.example.com\\/device",\
                "expires_in":600,"interval":3}"""));
        world.reply(TOKENS, tokens("first", 300));
    }

    @AfterEach
    void end() {
        world.close();
    }

    private String issuer() {
        return world.url() + "/idp";
    }

    private Reply discovery(String issuer) {
        return Reply.json("""
                {"issuer":"%s","device_authorization_endpoint":"%s","token_endpoint":"%s","revocation_endpoint":"%s"}""".formatted(issuer, world.url() + DEVICE, world.url() + TOKENS, world.url() + REVOCATION));
    }

    private static Reply tokens(String access, int seconds) {
        return Reply.json("""
                {"access_token":"%s","token_type":"Bearer","expires_in":%d,"refresh_token":"%s","id_token":"%s-id"}""".formatted(access, seconds, REFRESH_TOKEN, access));
    }

    private static Reply error(String code) {
        return Reply.of(400, "application/json", "{\"error\":\"%s\",\"error_description\":\"canary\"}".formatted(code));
    }

    private Run login(Client client, String... more) {
        return run(client, "login", List.of("--issuer", issuer(), "--client-id", "aws-cli"), more);
    }

    private Run run(Client client, String command, List<String> arguments, String... more) {
        return client.sleepless().start(line(command, arguments, more)).end();
    }

    private String[] line(String command, List<String> arguments, String... more) {
        return Stream.of(List.of(command, "--url", world.url()), arguments, List.of(more))
                .flatMap(List::stream)
                .toArray(String[]::new);
    }

    private Run get(Client client) {
        return run(client, "get", List.of("--role", "batch-upload"));
    }

    private List<String> tokensSent() {
        return world.requests(CREDENTIALS).stream()
                .map(request -> request.parameters().first("token").orElseThrow())
                .toList();
    }

    private List<String> refreshTokensSent() {
        return world.requests(TOKENS).stream()
                .flatMap(request -> request.parameters().first("refresh_token").stream())
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void login_afterPatience_givesTokensThatGetUses(Shell shell) throws IOException {
        Client client = new Client(shell, home);
        world.reply(TOKENS, error("authorization_pending"), error("slow_down"), tokens("first", 300));

        Run login = login(client);
        Run get = get(client);

        assertThat(login.code()).as(login.err()).isZero();
        assertThat(login.out())
                .contains("https://idp.example.com/device", "ABCD-EFGH")
                .doesNotContain("canary");
        assertThat(client.slept()).containsExactly("3", "3", "8");
        assertThat(get.code()).as(get.err()).isZero();
        assertThat(tokensSent()).containsExactly("first");
        assertThat(world.requests(TOKENS)).allSatisfy(request -> {
            assertThat(request.parameters().first("grant_type"))
                    .contains("urn:ietf:params:oauth:grant-type:device_code");
            assertThat(request.parameters().first("device_code")).contains("device-canary+&");
        });
        assertThat(Files.getPosixFilePermissions(
                        client.state().resolve(client.files().getFirst())))
                .hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    private record Refusal(String error, int code, String told) {}

    static final List<Refusal> REFUSALS = List.of(
            new Refusal("access_denied", 4, "declined"),
            new Refusal("expired_token", 3, "in time"),
            new Refusal("invalid_client", 4, "invalid_client"),
            new Refusal("\\u001b[31m", 6, "none of the device flow"));

    @ParameterizedTest
    @FieldSource("REFUSALS")
    void login_refused_keepsNothing(Refusal refusal) {
        Client client = new Client(Shell.DASH, home);
        world.reply(TOKENS, error(refusal.error()));

        Run login = login(client);

        assertThat(login.code()).isEqualTo(refusal.code());
        assertThat(login.err()).hasLineCount(1).contains(refusal.told()).doesNotContain("canary", "\u001b");
        assertThat(client.files()).isEmpty();
    }

    @Test
    void login_atAnIssuerThatSaysItIsAnother_isRefused() {
        world.reply(DISCOVERY, discovery(issuer() + "/"));

        Run login = login(new Client(Shell.DASH, home));

        assertThat(login.code()).isEqualTo(6);
        assertThat(world.requests(DEVICE)).isEmpty();
    }

    @Test
    void login_withEndpointsInClearElsewhere_isRefused() {
        world.reply(
                DISCOVERY,
                Reply.json(discovery(issuer()).body().replace(world.url() + TOKENS, "http://example.com/t")));

        Run login = login(new Client(Shell.DASH, home));

        assertThat(login.code()).isEqualTo(6);
        assertThat(world.requests(DEVICE)).isEmpty();
    }

    @Test
    void get_withTheIdToken_whereThatIsWanted() {
        Client client = new Client(Shell.DASH, home);

        login(client, "--use", "id");
        get(client);

        assertThat(tokensSent()).containsExactly("first-id");
    }

    @ParameterizedTest
    @EnumSource
    void get_withATokenThatEnds_renewsItAndKeepsTheNewOne(Shell shell) {
        Client client = new Client(shell, home);
        world.reply(TOKENS, tokens("first", 30), tokens("second", 300));
        login(client);

        Run get = get(client);
        get(client);

        assertThat(get.code()).as(get.err()).isZero();
        assertThat(tokensSent()).containsExactly("second", "second");
        assertThat(refreshTokensSent()).containsExactly(REFRESH_TOKEN);
    }

    /** A refresh token that is used twice ends the login at providers that rotate them. */
    @Test
    void many_withATokenThatEnds_renewItOnce() {
        Client client = new Client(Shell.DASH, home);
        world.reply(TOKENS, tokens("first", 30), tokens("second", 300));
        login(client);
        Gate gate = world.faults().hold();

        List<Started> many = IntStream.range(0, 5)
                .mapToObj(i -> client.start(line("get", List.of("--role", "role-" + i))))
                .toList();
        gate.awaitArrivals(1, Duration.ofSeconds(60));
        world.faults().clear();

        assertThat(many.stream().map(Started::end))
                .allSatisfy(run -> assertThat(run.code()).as(run.err()).isZero());
        assertThat(refreshTokensSent()).hasSize(1);
        assertThat(tokensSent()).hasSize(5).containsOnly("second");
    }

    @Test
    void get_withATokenThatTheBrokerFindsEnded_renewsItOnceAndTellsThen() {
        Client client = new Client(Shell.DASH, home);
        world.reply(TOKENS, tokens("first", 300), tokens("second", 300));
        world.reply(CREDENTIALS, FakeBroker.problem(401, "TokenExpired", "Sign in."));
        login(client);

        Run get = get(client);

        assertThat(get.code()).isEqualTo(3);
        assertThat(get.err()).hasLineCount(1).contains("credential-broker login");
        assertThat(tokensSent()).containsExactly("first", "second");
    }

    @Test
    void get_withALoginThatHasEnded_saysToSignIn() {
        Client client = new Client(Shell.DASH, home);
        world.reply(TOKENS, tokens("first", 30), error("invalid_grant"));
        login(client);

        Run get = get(client);

        assertThat(get.code()).isEqualTo(3);
        assertThat(get.err())
                .hasLineCount(1)
                .contains("credential-broker login")
                .doesNotContain("canary");
        assertThat(world.requests(CREDENTIALS)).isEmpty();
    }

    @Test
    void login_forOneBroker_isGivenToNoOther() {
        Client client = new Client(Shell.DASH, home);
        login(client);
        try (FakeBroker other = new FakeBroker()) {
            Run get = client.run("--url", other.url(), "--role", "batch-upload");

            assertThat(get.code()).isEqualTo(3);
            assertThat(other.requests(CREDENTIALS)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void logout_revokesAndDeletes(Shell shell) {
        Client client = new Client(shell, home);
        login(client);
        run(client, "get", List.of("--role", "batch-upload", "--cache"));
        assertThat(client.files()).hasSize(2);

        Run logout = run(client, "logout", List.of());

        assertThat(logout.code()).as(logout.err()).isZero();
        assertThat(client.files()).isEmpty();
        assertThat(world.requests(REVOCATION))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.parameters().first("token")).contains(REFRESH_TOKEN));
    }
}
