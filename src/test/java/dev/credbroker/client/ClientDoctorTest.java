package dev.credbroker.client;

import static dev.credbroker.client.FakeBroker.CREDENTIALS;
import static dev.credbroker.client.FakeBroker.ROLES;
import static dev.credbroker.client.FakeBroker.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import dev.credbroker.simulator.http.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first broken link is named, those before it are fine, and the line says what to do. */
class ClientDoctorTest {

    private static final long NOW = Instant.now().getEpochSecond();

    @TempDir
    private Path home;

    private final FakeBroker broker = new FakeBroker();

    @AfterEach
    void end() {
        broker.close();
    }

    private static String token(String claims) {
        return "e30."
                + Base64.getUrlEncoder()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                        .replace("=", "") + ".canary";
    }

    private static String claims(long end) {
        return "{\"iss\":\"https://idp.example.com\",\"aud\":[\"account\",\"credential-broker\"],\"exp\":%d,\"name\":\"Zoë\"}"
                .formatted(end);
    }

    private Run doctor(Shell shell, String url, String token) {
        return new Client(shell, home)
                .with("TOKEN", token)
                .run("doctor", "--url", url, "--role", "batch-upload", "--token-env", "TOKEN");
    }

    private static void breaksAt(Run run, String link, int code, String told) {
        assertThat(run.code()).as(run.out()).isEqualTo(code);
        assertThat(run.out().lines().toList().getLast())
                .startsWith("FAIL  " + link + ": ")
                .contains(told);
        assertThat(run.out().lines().filter(line -> !line.startsWith("ok    "))).hasSize(1);
        assertThat(run.out()).doesNotContain("canary");
    }

    @ParameterizedTest
    @EnumSource
    void allLinks_whole_areFine(Shell shell) {
        Run run = doctor(shell, broker.url(), token(claims(NOW + 300)));

        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out().lines().map(line -> line.split(": ", 2)[0]))
                .containsExactly(
                        "ok    url",
                        "ok    name",
                        "ok    connection",
                        "ok    answer",
                        "ok    clock",
                        "ok    token source",
                        "ok    claims",
                        "ok    roles",
                        "ok    credentials");
        assertThat(run.out())
                .contains("iss https://idp.example.com, aud account credential-broker")
                .doesNotContain("canary", "secret/of+the=session", "token/of");
    }

    @Test
    void url_inClear_isBroken() {
        breaksAt(doctor(Shell.DASH, "http://broker.example.com", "t"), "url", 2, "https://HOST");
    }

    @Test
    void name_unknown_isBroken() {
        breaksAt(doctor(Shell.DASH, "https://broker.invalid", "t"), "name", 5, "DNS");
    }

    @Test
    void connection_refused_isBroken() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        breaksAt(doctor(Shell.DASH, "https://127.0.0.1:" + port, "t"), "connection", 5, "firewall");
    }

    @Test
    void tls_toAPortInClear_isBroken() {
        breaksAt(doctor(Shell.DASH, broker.url().replace("http:", "https:"), "t"), "TLS", 5, "HTTPS?");
    }

    @Test
    void answer_ofASignInPage_isBroken() {
        broker.reply(ROLES, Reply.of(200, "text/html", "<html>canary</html>"));

        breaksAt(doctor(Shell.DASH, broker.url(), "t"), "answer", 6, "sign-in page");
    }

    @ParameterizedTest
    @EnumSource
    void clock_fiveMinutesOff_isBroken(Shell shell) {
        broker.reply(ROLES, problem(401, "InvalidToken", "Send one.").with("Date", "Sun, 06 Nov 1994 08:49:37 GMT"));

        Run run = doctor(shell, broker.url(), "t");

        breaksAt(run, "clock", 2, "set the clock");
        long ahead = Long.parseLong(run.out().replaceAll("(?s).*this machine is (-?[0-9]+) seconds.*", "$1"));
        assertThat(Instant.now().getEpochSecond() - ahead)
                .isBetween(
                        Instant.parse("1994-11-06T08:49:37Z").getEpochSecond() - 1,
                        Instant.parse("1994-11-06T08:49:37Z").getEpochSecond() + 60);
    }

    @Test
    void tokenSource_empty_isBroken() {
        breaksAt(doctor(Shell.DASH, broker.url(), ""), "token source", 3, "TOKEN");
    }

    @Test
    void claims_ofWhatIsNoJwt_areBroken() {
        breaksAt(doctor(Shell.DASH, broker.url(), "opaque-canary"), "claims", 3, "no JWT");
    }

    @Test
    void claims_withoutAnAudience_areBroken() {
        breaksAt(
                doctor(Shell.DASH, broker.url(), token("{\"iss\":\"https://idp\",\"exp\":9999999999}")),
                "claims",
                3,
                "(aud)");
    }

    @Test
    void claims_thatHaveEnded_areBroken() {
        breaksAt(doctor(Shell.DASH, broker.url(), token(claims(NOW - 60))), "claims", 3, "seconds ago");
    }

    @Test
    void token_thatTheBrokerRefuses_isBroken() {
        broker.reply(
                ROLES, problem(401, "InvalidToken", "Send one."), problem(401, "InvalidToken", "Not addressed to it."));

        breaksAt(doctor(Shell.DASH, broker.url(), token(claims(NOW + 300))), "roles", 3, "Not addressed");
    }

    @Test
    void role_thatIsNotListed_isBroken() {
        broker.reply(ROLES, problem(401, "InvalidToken", "Send one."), FakeBroker.roles("deployer"));

        breaksAt(doctor(Shell.DASH, broker.url(), token(claims(NOW + 300))), "roles", 4, "(deployer)");
    }

    @Test
    void credentials_thatAwsRefuses_areBroken() {
        broker.reply(CREDENTIALS, problem(403, "AccessDenied", "The trust policy."));

        breaksAt(doctor(Shell.DASH, broker.url(), token(claims(NOW + 300))), "credentials", 4, "trust policy");
    }
}
