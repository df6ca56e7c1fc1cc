package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.simulator.sts.StsCall;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The main job over HTTP: who asks rightly gets a session that lasts as long as was asked, by one call to STS. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class CredentialsTest {

    private static final String NAMED = "/v1/credentials/{role}";
    private static final TemporalUnitWithinOffset A_FEW_SECONDS = new TemporalUnitWithinOffset(15, ChronoUnit.SECONDS);

    private final String subject = UUID.randomUUID().toString();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
        RunningWorld.sts().forgetCalls();
    }

    private static Response ask(TokenDraft token, String pathAndQuery) {
        return given().header("Authorization", "Bearer " + token.sign()).get("/v1/credentials" + pathAndQuery);
    }

    private static List<StsCall> calls() {
        return RunningWorld.sts().calls();
    }

    private static void lasts(Response answer, Duration duration) {
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Instant.parse(answer.jsonPath().getString("Expiration")))
                .isCloseTo(Instant.now().plus(duration), A_FEW_SECONDS);
        assertThat(calls())
                .singleElement()
                .extracting(call -> call.parameter("DurationSeconds").orElseThrow())
                .isEqualTo(Long.toString(duration.toSeconds()));
    }

    @Test
    void body_ofEveryAnswer_suitsAllClients() {
        Response answer = ask(RunningWorld.token(subject), "/deployer");

        Contract.check("GET", NAMED, answer);
        assertThat(answer.contentType()).isEqualTo("application/json");
        assertThat(answer.jsonPath().getInt("Version")).isEqualTo(1);
        assertThat(answer.jsonPath().getString("Token"))
                .isEqualTo(answer.jsonPath().getString("SessionToken"));
        assertThat(answer.jsonPath().getString("AccountId")).isEqualTo("123456789012");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("Cache-Status")).startsWith("credential-broker; fwd=miss; stored");
        assertThat(answer.header("ETag")).isNull();
    }

    @Test
    void duration_fourHoursOfAFourHourRole_lastsFourHours() {
        Response answer = ask(RunningWorld.token(subject), "/deployer?durationSeconds=14400");

        lasts(answer, Duration.ofHours(4));
        assertThat(answer.header("Broker-Duration")).isEqualTo("requested=14400, granted=14400");
    }

    @Test
    void duration_twelveHoursThroughWebIdentity_lastsTwelveHours() {
        Response answer = ask(RunningWorld.token(subject), "/batch-upload?durationSeconds=43200");

        lasts(answer, Duration.ofHours(12));
        assertThat(calls()).singleElement().matches(call -> !call.signed());
    }

    @Test
    void duration_twelveHoursThroughSaml_lastsTwelveHours() {
        Response answer = given().formParam(
                        "SAMLResponse", RunningWorld.response(subject).encode())
                .formParam("RelayState", "https://console.aws.amazon.com/")
                .formParam("role", "adfs-production")
                .formParam("durationSeconds", "43200")
                .post("/v1/credentials");

        Contract.check("POST", "/v1/credentials", answer);
        lasts(answer, Duration.ofHours(12));
        assertThat(calls()).singleElement().matches(call -> !call.signed());
    }

    @ParameterizedTest
    @CsvSource({
        "'',3600,'requested=default, granted=3600'",
        "?durationSeconds=max,14400,'requested=max, granted=14400, limited-by=role'"
    })
    void duration_unsaidOrMax_isToldInTheHeader(String query, int seconds, String header) {
        Response answer = ask(RunningWorld.token(subject), "/deployer" + query);

        lasts(answer, Duration.ofSeconds(seconds));
        assertThat(answer.header("Broker-Duration")).isEqualTo(header);
    }

    @Test
    void sameUserAndRole_withTwoTokens_isOneCall() {
        Response first = ask(RunningWorld.token(subject).claim("jti", "1"), "/batch-upload");
        Response second = ask(RunningWorld.token(subject).claim("jti", "2"), "/batch-upload");

        assertThat(second.jsonPath().getString("AccessKeyId"))
                .isEqualTo(first.jsonPath().getString("AccessKeyId"));
        assertThat(second.header("Cache-Status")).startsWith("credential-broker; hit; ttl=");
        assertThat(calls()).hasSize(1);
    }

    @Test
    void twoUsers_orTwoDurations_areTwoCalls() {
        ask(RunningWorld.token(subject), "/deployer");
        ask(RunningWorld.token(subject + "2"), "/deployer");
        ask(RunningWorld.token(subject), "/deployer?durationSeconds=7200");

        assertThat(calls()).hasSize(3);
    }

    @Test
    void aClaimThatATrustPolicyMayTest_isAnotherSession() {
        ask(RunningWorld.token(subject).claim("job_workflow_ref", "a"), "/batch-upload");
        ask(RunningWorld.token(subject).claim("job_workflow_ref", "b"), "/batch-upload");

        assertThat(calls()).hasSize(2);
    }

    @Test
    void aHundredColdCallers_areOneCall() throws Exception {
        var gate = RunningWorld.sts().faults().hold();
        String token = RunningWorld.token(subject).sign();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Response>> answers = IntStream.range(0, 100)
                    .mapToObj(i -> callers.submit(
                            () -> given().header("Authorization", token).get("/v1/credentials/deployer")))
                    .toList();
            gate.awaitArrivals(1, Duration.ofSeconds(10));
            gate.open();

            Set<String> keys = new HashSet<>();
            for (Future<Response> answer : answers) {
                keys.add(answer.get().jsonPath().getString("AccessKeyId"));
            }
            assertThat(keys).hasSize(1);
        }
        assertThat(calls()).hasSize(1);
    }

    @Test
    void aGroupThatIsGone_isA403AlthoughASessionIsHeld() {
        assertThat(ask(RunningWorld.token(subject), "/deployer").statusCode()).isEqualTo(200);

        Response answer = ask(RunningWorld.token(subject).claim("groups", List.of("others")), "/deployer");

        assertThat(answer.statusCode()).isEqualTo(403);
    }

    @Test
    void token_bareOrWithBearerInAnyCase_isTheSameSession() {
        String token = RunningWorld.token(subject).sign();

        for (String value : List.of(token, "Bearer " + token, "bearer " + token, "BEARER " + token)) {
            assertThat(given().header("Authorization", value)
                            .get("/v1/credentials/deployer")
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(calls()).hasSize(1);
    }

    @Test
    void query_inAnotherOrderAndRoleByArn_isTheSameSession() {
        ask(RunningWorld.token(subject), "?role=deployer&durationSeconds=3600");
        Response answer = ask(RunningWorld.token(subject), "?durationSeconds=3600&role=" + RunningWorld.KEY_ROLE);

        Contract.check("GET", "/v1/credentials", answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(calls()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json; charset=utf-8", "APPLICATION/JSON;profile=x"})
    void json_withParametersOfItsType_isRead(String type) {
        String body = "{\"role\":\"deployer\",\"durationSeconds\":3600,\"minRemainingSeconds\":60,\"token\":\"%s\"}"
                .formatted(RunningWorld.token(subject).sign());

        Response answer = given().header("Content-Type", type)
                .body(body.getBytes(StandardCharsets.UTF_8))
                .post("/v1/credentials");

        Contract.check("POST", "/v1/credentials", answer);
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void samlResponse_of100000Characters_isReadAndOneMoreIsNot() {
        String padded = paddedTo(100_000);
        assertThat(padded).hasSize(100_000);

        assertThat(post(padded).statusCode()).isEqualTo(200);
        assertThat(post(padded + "AAAA").statusCode()).isEqualTo(400);
        assertThat(calls()).hasSize(1);
    }

    /** The encoded response, made as long as it may be by an attribute of that length. */
    private String paddedTo(int characters) {
        int octets = characters / 4 * 3;
        int bare = Base64.getDecoder().decode(response("").encode()).length;
        String encoded = response("x".repeat(octets - bare)).encode();
        int missing = octets - Base64.getDecoder().decode(encoded).length;
        return missing == 0
                ? encoded
                : response("x".repeat(octets - bare + missing)).encode();
    }

    private SamlDraft response(String filler) {
        return RunningWorld.response(subject).attribute("filler", "-" + filler);
    }

    private static Response post(String samlResponse) {
        return given().formParam("role", "adfs-production")
                .formParam("samlResponse", samlResponse)
                .post("/v1/credentials");
    }

    @Test
    void token_of20000Characters_isReadFromHeaderAndBody() {
        String token = RunningWorld.token(subject)
                .claim("filler", "x".repeat(7_000))
                .claim("more", "y".repeat(7_000))
                .sign();
        assertThat(token.length()).isBetween(18_000, 20_000);

        assertThat(given().header("Authorization", token)
                        .get("/v1/credentials/deployer")
                        .statusCode())
                .isEqualTo(200);
        assertThat(given().formParam("role", "deployer")
                        .formParam("token", token)
                        .post("/v1/credentials")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void requestId_ofTheCaller_isTakenOverIfItIsHarmless() {
        String token = RunningWorld.token(subject).sign();

        assertThat(given().header("Authorization", token)
                        .header("X-Request-Id", "build-7")
                        .get("/v1/roles")
                        .header("X-Request-Id"))
                .isEqualTo("build-7");
        assertThat(given().header("Authorization", token)
                        .header("X-Request-Id", "a b\"")
                        .get("/v1/roles")
                        .header("X-Request-Id"))
                .matches("[0-9a-f-]{36}");
    }

    @Test
    void roles_ofAnIdentity_areListedWithoutSts() {
        Response get = given().header(
                        "Authorization", RunningWorld.token(subject).sign())
                .get("/v1/roles");
        Response post = given().formParam(
                        "SAMLResponse", RunningWorld.response(subject).encode())
                .post("/v1/roles");

        Contract.check("GET", "/v1/roles", get);
        Contract.check("POST", "/v1/roles", post);
        assertThat(get.jsonPath().getList("roles.name"))
                .contains("deployer", "batch-upload")
                .doesNotContain("admins-only", "adfs-production");
        assertThat(post.jsonPath().getList("roles.name")).containsExactly("adfs-production");
        assertThat(calls()).isEmpty();
    }

    @Test
    void contract_isServedAsItStands() throws Exception {
        Response answer = given().get("/openapi.yaml");

        assertThat(answer.asByteArray()).isEqualTo(Files.readAllBytes(Path.of("openapi.yaml")));
        assertThat(answer.contentType()).isEqualTo("application/yaml");
    }
}
