package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that are well-formed HTTP, and odd: each means one thing or is refused. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class RequestGateTest {

    private final String token =
            RunningWorld.token(UUID.randomUUID().toString()).sign();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
        RunningWorld.sts().forgetCalls();
    }

    /** Another spelling of a path is the same path, with the same checks; it never leads around them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "//v1/credentials/deployer",
                "/./v1/credentials/deployer",
                "/x/../v1/credentials/deployer",
                "/%2e/v1/credentials/deployer",
                "/v1/credentials/%64eployer",
                "http://127.0.0.1/v1/credentials/deployer",
                "http://elsewhere.example.com/v1/credentials/deployer"
            })
    void path_spelledOtherwise_isJudgedAsItself(String path) throws IOException {
        assertThat(status(get(path, ""))).isEqualTo(401);
        assertThat(RunningWorld.sts().calls()).isEmpty();

        assertThat(status(get(path, authorization()))).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).hasSize(1);
    }

    /** What some readers take for a parameter of the path is part of the name, and no role has such a name. */
    @Test
    void path_withAMatrixParameter_isNoRole() throws IOException {
        assertThat(status(get("/v1/credentials/deployer;a=b", authorization()))).isEqualTo(400);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/V1/credentials/deployer",
                "/v1%2fcredentials/deployer",
                "/v1/Credentials/deployer",
                "/v1/credentials/deployer/x",
                "/v1/%2563redentials/deployer",
                "/v1/credentials%00/deployer",
                "/v1/credentials%0d%0aX:/deployer",
                "/v1",
                "/q/metrics",
                "//q/metrics",
                "/%71/metrics",
                "/v1/../q/metrics",
                "/v1/%2e%2e/q/health/ready",
                "http://127.0.0.1/q/metrics"
            })
    void path_thatIsAnother_is404(String path) throws IOException {
        String answer = get(path, authorization());

        assertThat(status(answer)).isEqualTo(404);
        assertThat(answer).contains("\"code\":\"NotFound\"");
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a%2fb",
                "..%2fq",
                "%00",
                "deployer%00",
                "deployer%0a",
                "deployer%20",
                "%c0%af",
                "*",
                "DEPLOYER%3f"
            })
    void role_thatIsNoName_is400(String role) throws IOException {
        assertThat(status(get("/v1/credentials/" + role, authorization()))).isEqualTo(400);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    /** What a proxy in front might read as the target. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: /q/metrics",
                "X-Rewrite-URL: /q/metrics",
                "X-Forwarded-Prefix: /q",
                "X-HTTP-Method-Override: POST",
                "X-Forwarded-Host: elsewhere.example.com",
                "Forwarded: host=elsewhere.example.com;proto=https"
            })
    void header_thatRedirectsElsewhere_meansNothing(String header) throws IOException {
        assertThat(status(get("/v1/credentials/deployer", authorization() + header + "\r\n")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "'Authorization: TOKEN|Authorization: TOKEN', 400, InvalidRequest",
        "'Authorization: TOKEN, TOKEN', 401, InvalidToken",
        "'Authorization: Bearer Bearer TOKEN', 401, InvalidToken",
        "'Authorization: Basic dXNlcjp3b3Jk', 401, InvalidToken",
        "'Authorization: Bearer', 401, InvalidToken",
        "'Authorization: ', 401, InvalidToken",
        "'Proxy-Authorization: TOKEN', 401, InvalidToken",
        "'Cookie: token=TOKEN', 401, InvalidToken",
        "'X-Auth-Token: TOKEN', 401, InvalidToken"
    })
    void proof_thatIsNotOneInAuthorization_isRefused(String headers, int status, String code) throws IOException {
        String answer =
                get("/v1/credentials/deployer", headers.replace("TOKEN", token).replace("|", "\r\n") + "\r\n");

        assertThat(status(answer)).isEqualTo(status);
        assertThat(answer).contains("\"code\":\"" + code + "\"");
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @Test
    void proof_inHeaderAndBody_is400() throws IOException {
        String body = "{\"role\":\"deployer\",\"token\":\"" + token + "\"}";

        assertThat(status(post(authorization(), body.length(), body))).isEqualTo(400);
        assertThat(status(post("", body.length(), body))).isEqualTo(200);
    }

    @Test
    void proof_inTheQuery_is400() throws IOException {
        assertThat(status(get("/v1/credentials/deployer?token=" + token, ""))).isEqualTo(400);
        assertThat(status(get("/v1/credentials/deployer?access_token=" + token, "")))
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"-1, 200", "0, 200", "1, 413"})
    void body_atItsLimit_isReadAndOneByteMoreIsNot(int beyond, int status) throws IOException {
        String json = "{\"role\":\"deployer\",\"token\":\"" + token + "\"}";
        String body = json + " ".repeat(Limits.BODY + beyond - json.length());

        assertThat(status(post("", body.length(), body))).isEqualTo(status);
    }

    /** What is longer than it says is another request, and that one is none. */
    @Test
    void body_longerThanItSays_endsWhereItSaid() throws IOException {
        String body = "{\"role\":\"deployer\",\"token\":\"" + token + "\"}";

        String answers = post("", body.length(), body + "}}}\r\n\r\n");

        assertThat(status(answers)).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Origin: https://elsewhere.example.com", "Origin: null"})
    void origin_ofAPage_isGivenNoLeave(String origin) throws IOException {
        String answer = get("/v1/roles", authorization() + origin + "\r\n");

        assertThat(status(answer)).isEqualTo(200);
        assertThat(answer).doesNotContainIgnoringCase("access-control-").contains("cache-control: no-store");
    }

    private String authorization() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private static String get(String target, String headers) throws IOException {
        return exchange("GET " + target + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers + "\r\n");
    }

    private static String post(String headers, int length, String body) throws IOException {
        return exchange("POST /v1/credentials HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + headers
                + "Content-Type: application/json\r\nContent-Length: " + length + "\r\n\r\n" + body);
    }

    private static String exchange(String request) throws IOException {
        return new RawHttp(RestAssured.port).exchange(request);
    }

    private static int status(String answer) {
        return Integer.parseInt(answer.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
    }
}
