package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.sts.StsError;
import dev.credbroker.simulator.sts.StsFaults;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of the table of errors, as the contract says it, and that STS was not asked where it need not be. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class ErrorTableTest {

    private static final String NAMED = "/v1/credentials/{role}";
    private static final String CREDENTIALS = "/v1/credentials";
    private static final String ROLES = "/v1/roles";

    private final String subject = UUID.randomUUID().toString();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
        RunningWorld.sts().forgetCalls();
    }

    private RequestSpecification authorized() {
        return given().header(
                        "Authorization", "Bearer " + RunningWorld.token(subject).sign());
    }

    private void refused(Response answer, String method, String template, int status, String code) {
        Contract.check(method, template, answer);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        Map<String, Object> body = answer.jsonPath().getMap("");
        assertThat(body)
                .containsEntry("code", code)
                .containsEntry("Code", code)
                .containsEntry("status", status)
                .containsEntry("message", body.get("detail"))
                .containsEntry("Message", body.get("detail"))
                .containsEntry("requestId", answer.header("X-Request-Id"));
    }

    private static void stsWasNotAsked() {
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "durationSeconds=899, InvalidDuration",
        "durationSeconds=43201, InvalidDuration",
        "durationSeconds=1h, InvalidDuration",
        "durationSeconds=3600.5, InvalidDuration",
        "durationSeconds=-900, InvalidDuration",
        "durationSeconds=0, InvalidDuration",
        "durationSeconds=2147483648, InvalidDuration",
        "durationSeconds=4294968196, InvalidDuration",
        "durationSeconds=, InvalidDuration",
        "durationSeconds=99999999999999999999, InvalidDuration",
        "durationSeconds=MAX, InvalidDuration",
        "minRemainingSeconds=soon, InvalidDuration",
        "minRemainingSeconds=3541, InvalidDuration",
        "color=red, InvalidRequest",
        "role=deployer, InvalidRequest",
        "durationSeconds=900&durationSeconds=900, InvalidRequest",
        "token=a.b.c, InvalidRequest"
    })
    void named_badParameter_is400(String query, String code) {
        Response answer = authorized().urlEncodingEnabled(false).get("/v1/credentials/deployer?" + query);

        refused(answer, "GET", NAMED, 400, code);
        stsWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"durationSeconds=900", "role=", "role=a%20b", "role=arn:aws:iam::12:role/x", "role=x&role=x"})
    void query_badRole_is400(String query) {
        Response answer = authorized().urlEncodingEnabled(false).get("/v1/credentials?" + query);

        refused(answer, "GET", CREDENTIALS, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "\"role\"",
                "{\"role\":\"deployer\"} {}",
                "{\"role\":\"deployer\",\"role\":\"deployer\"}",
                "{\"role\":\"deployer\",\"colour\":\"red\"}",
                "{\"role\":1}",
                "{\"role\":{\"a\":1}}",
                "{\"role\":\"deployer\",\"token\":null}",
                "\uFEFF{\"role\":\"deployer\"}"
            })
    void json_thatIsNoRequest_is400(String body) {
        Response answer =
                authorized().contentType("application/json").body(body).post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3600.5",
                "\"3600\"",
                "899",
                "43201",
                "null",
                "true",
                "\"1h\"",
                "0",
                "-900",
                "2147483648",
                "4294968196"
            })
    void json_badDuration_is400(String duration) {
        Response answer = authorized()
                .contentType("application/json")
                .body("{\"role\":\"deployer\",\"durationSeconds\":" + duration + "}")
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidDuration");
        stsWasNotAsked();
    }

    @Test
    void twoProofs_inHeaderAndBody_is400() {
        Response answer = authorized()
                .formParam("role", "deployer")
                .formParam("token", RunningWorld.token(subject).sign())
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void twoProofs_inTwoHeaders_is400() {
        Response answer = authorized().header("Authorization", "Bearer a.b.c").get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void twoProofs_oneOfThemOfAnUnknownScheme_is400() {
        Response answer =
                authorized().header("Authorization", "Basic YTpi YTpi").get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void parametersInTheQueryOfAPost_is400() {
        Response answer = authorized()
                .contentType("application/json")
                .body("{\"role\":\"deployer\"}")
                .post("/v1/credentials?durationSeconds=900");

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
    }

    @Test
    void navigation_ofABrowser_is400() {
        Response answer = authorized().header("Sec-Fetch-Mode", "navigate").get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void navigation_ofABrowserThatPostsAForm_is400() {
        Response answer = given().header("Sec-Fetch-Mode", "navigate")
                .formParam("role", "deployer")
                .formParam("token", RunningWorld.token(subject).sign())
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void samlResponse_thatIsNotBase64_is400() {
        Response answer = given().formParam("role", "adfs-production")
                .formParam("SAMLResponse", "<samlp:Response/>")
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
        stsWasNotAsked();
    }

    @Test
    void duration_aboveTheRolesMaximum_namesTheLimitAndWhatSetIt() {
        Response answer = authorized().get("/v1/credentials/deployer?durationSeconds=18000");

        refused(answer, "GET", NAMED, 400, "DurationExceedsMaximum");
        assertThat(answer.jsonPath().getInt("maxDurationSeconds")).isEqualTo(14400);
        assertThat(answer.jsonPath().getString("limitedBy")).isEqualTo("role");
        stsWasNotAsked();
    }

    @Test
    void duration_thatStsRefuses_isLimitedBySts() {
        Response answer = authorized().get("/v1/credentials/short?durationSeconds=7200");

        refused(answer, "GET", NAMED, 400, "DurationExceedsMaximum");
        assertThat(answer.jsonPath().getString("limitedBy")).isEqualTo("sts");
    }

    @Test
    void packedPolicy_thatStsRefuses_is400() {
        RunningWorld.sts().faults().always(StsFaults.error(StsError.packedPolicyTooLarge(120)));

        Response answer = authorized()
                .contentType("application/json")
                .body("{\"role\":\"deployer\"}")
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "PackedPolicyTooLarge");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Basic YTpi", "Bearer x", "Bearer a.b.c", "Bearer a b", "Negotiate"})
    void proof_thatIsNone_isTheSame401(String authorization) {
        Response answer = given().header("Authorization", authorization).get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 401, "InvalidToken");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(withoutId(answer)).isEqualTo(withoutId(given().get("/v1/credentials/deployer")));
        stsWasNotAsked();
    }

    @Test
    void proof_withoutAny_is401Everywhere() {
        refused(given().get(CREDENTIALS + "?role=deployer"), "GET", CREDENTIALS, 401, "InvalidToken");
        refused(given().formParam("role", "deployer").post(CREDENTIALS), "POST", CREDENTIALS, 401, "InvalidToken");
        refused(given().get(ROLES), "GET", ROLES, 401, "InvalidToken");
        refused(given().contentType("application/json").body("{}").post(ROLES), "POST", ROLES, 401, "InvalidToken");
        stsWasNotAsked();
    }

    @Test
    void token_forAnotherAudience_is401() {
        String token = RunningWorld.token(subject).audience("somebody-else").sign();

        Response answer = given().header("Authorization", token).get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 401, "InvalidToken");
        stsWasNotAsked();
    }

    @Test
    void token_whoseTimeIsOver_isExpired() {
        Instant now = Instant.now();
        String token = RunningWorld.token(subject)
                .issuedAt(now.minusSeconds(7200))
                .expires(now.minusSeconds(3600))
                .sign();

        Response answer = given().header("Authorization", token).get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 401, "TokenExpired");
        stsWasNotAsked();
    }

    @Test
    void role_unknownOrForbidden_isTheSame403() {
        Response unknown = authorized().get("/v1/credentials/no-such-role");
        Response forbidden = authorized().get("/v1/credentials/admins-only");

        refused(unknown, "GET", NAMED, 403, "RoleNotPermitted");
        refused(forbidden, "GET", NAMED, 403, "RoleNotPermitted");
        assertThat(withoutId(unknown)).isEqualTo(withoutId(forbidden));
        stsWasNotAsked();
    }

    @Test
    void role_byArnThatIsNotInTheCatalogue_is403() {
        Response answer = authorized()
                .queryParam("role", "arn:aws:iam::999999999999:role/Root")
                .get(CREDENTIALS);

        refused(answer, "GET", CREDENTIALS, 403, "RoleNotPermitted");
        refused(
                authorized().formParam("role", "no-such-role").post(CREDENTIALS),
                "POST",
                CREDENTIALS,
                403,
                "RoleNotPermitted");
        stsWasNotAsked();
    }

    @Test
    void role_whoseTrustPolicyRefuses_isAccessDenied() {
        Response answer = authorized().get("/v1/credentials/distrusting");

        refused(answer, "GET", NAMED, 403, "AccessDenied");
    }

    @Test
    void path_thatIsNotServed_is404() {
        Response answer = authorized().get("/v2/credentials");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo("NotFound");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/q/health", "/q/metrics", "/q/openapi", "/q/dev-ui", "/q", "/metrics"})
    void path_ofManagement_isNotOnThePublicPort(String path) {
        assertThat(given().get(path).statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
    void method_thatIsNotServed_is405(String method) {
        Response answer = authorized().request(method, "/v1/credentials/deployer");

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET");
        assertThat(answer.jsonPath().getString("code")).isEqualTo("MethodNotAllowed");
        stsWasNotAsked();
    }

    @Test
    void method_head_mintsNothing() {
        assertThat(authorized().head("/v1/credentials/deployer").statusCode()).isEqualTo(405);
        stsWasNotAsked();
    }

    @ParameterizedTest
    @ValueSource(strings = {"//v1/credentials/deployer", "/%761/credentials/deployer", "/x/../v1/credentials/deployer"})
    void method_headUnderAnotherSpelling_mintsNothing(String path) throws Exception {
        String answer = new RawHttp(RestAssured.port)
                .exchange("HEAD " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nAuthorization: "
                        + RunningWorld.token(subject).sign() + "\r\n\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 40[45] .*");
        stsWasNotAsked();
    }

    @Test
    void method_postToANamedRole_is405() {
        refused(
                authorized().contentType("application/json").body("{}").post("/v1/credentials/deployer"),
                "GET",
                NAMED,
                405,
                "MethodNotAllowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data", "*/*", "nonsense"})
    void body_ofAnotherKind_is415(String type) {
        Response answer = authorized()
                .header("Content-Type", type)
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                                .encodeContentTypeAs(type, ContentType.TEXT)))
                .body("{\"role\":\"deployer\"}")
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 415, "UnsupportedMediaType");
        stsWasNotAsked();
    }

    @Test
    void body_thatIsEncoded_is415() {
        Response answer = authorized()
                .contentType("application/json")
                .header("Content-Encoding", "gzip")
                .body("{\"role\":\"deployer\"}")
                .post(ROLES);

        refused(answer, "POST", ROLES, 415, "UnsupportedMediaType");
    }

    @Test
    void throttling_bySts_is429WithRetryAfter() {
        RunningWorld.sts().faults().always(StsFaults.throttling());

        Response answer = authorized().get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 429, "ThrottlingException");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.jsonPath().getBoolean("retryable")).isTrue();
    }

    @Test
    void operatorsFault_is500WithTheIdAndNothingElse() {
        RunningWorld.sts().faults().always(StsFaults.regionDisabled());

        Response answer = authorized().get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 500, "InternalError");
        assertThat(answer.asString()).doesNotContainIgnoringCase("region");
    }

    @Test
    void sts_inTrouble_is503WithRetryAfter() {
        RunningWorld.sts().faults().always(StsFaults.serviceUnavailable());

        Response answer = authorized().get("/v1/credentials/deployer");

        refused(answer, "GET", NAMED, 503, "ServiceUnavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
    }

    @Test
    void issuer_thatIsDown_is503ForItsCallersOnly() {
        String token = RunningWorld.deadIssuer()
                .token()
                .subject(subject)
                .audience(RunningWorld.AUDIENCE)
                .sign();

        Response theirs = given().header("Authorization", token).get("/v1/credentials/deployer");
        Response ours = authorized().get("/v1/credentials/deployer");

        refused(theirs, "GET", NAMED, 503, "ServiceUnavailable");
        assertThat(ours.statusCode()).isEqualTo(200);
    }

    @Test
    void problem_whereAcceptAsks_isProblemJson() {
        Response answer = given().accept("application/problem+json").get("/v1/credentials/deployer");

        Contract.check("GET", NAMED, answer);
        assertThat(answer.contentType()).isEqualTo("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/html, image/gif, image/jpeg, */*; q=0.2", "application/xml", "nonsense"})
    void accept_ofAnything_isNever406(String accept) {
        assertThat(authorized()
                        .header("Accept", accept)
                        .get("/v1/credentials/deployer")
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().header("Accept", accept)
                        .get("/v1/credentials/deployer")
                        .statusCode())
                .isEqualTo(401);
        assertThat(given().header("Accept", accept).get("/nowhere").statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"role=%zz", "role=deployer#", "role=deployer#&unknown=x", "=&role=deployer", "role=deployer&="})
    void form_thatIsNotPercentEncoded_is400(String form) {
        Response answer = authorized()
                .contentType("application/x-www-form-urlencoded")
                .body(form)
                .post(CREDENTIALS);

        refused(answer, "POST", CREDENTIALS, 400, "InvalidRequest");
    }

    private static Map<String, Object> withoutId(Response answer) {
        return answer.jsonPath().<String, Object>getMap("").entrySet().stream()
                .filter(member -> !member.getKey().equals("requestId"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
