package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.idp.TokenDraft;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A refusal tells nothing that its code does not: not which check failed, not which roles exist, not what was sent. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class UniformErrorsTest {

    /** Stands in everything that is sent here. */
    private static final String CANARY = "canary4711";

    private final String subject = CANARY + UUID.randomUUID();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
        RunningWorld.sts().forgetCalls();
    }

    private static Response ask(String authorization, String role) {
        return given().header("Authorization", authorization).get("/v1/credentials/" + role);
    }

    private static Response ask(TokenDraft token, String role) {
        return ask("Bearer " + token.sign(), role);
    }

    private static Response askWithSaml(String response, String role) {
        return given().formParam("role", role)
                .formParam("SAMLResponse", response)
                .post("/v1/credentials");
    }

    private TokenDraft token() {
        return RunningWorld.token(subject);
    }

    private static String changed(String response) {
        String xml = new String(Base64.getDecoder().decode(response), UTF_8);
        return Base64.getEncoder()
                .encodeToString(xml.replace(CANARY, CANARY + "x").getBytes(UTF_8));
    }

    private Stream<Response> unverified() {
        SimulatedIdentityProvider stranger = RunningWorld.stranger();
        String good = token().sign();
        return Stream.of(
                given().get("/v1/credentials/deployer"),
                given().get("/v1/credentials?role=deployer"),
                given().get("/v1/roles"),
                given().contentType("application/json").body("{}").post("/v1/roles"),
                given().formParam("role", "deployer").post("/v1/credentials"),
                given().formParam("role", "deployer").formParam("token", CANARY).post("/v1/credentials"),
                ask("Basic " + CANARY, "deployer"),
                ask(CANARY, "no-such-role"),
                ask("a.b.c", "deployer"),
                ask(good + "x", "deployer"),
                ask(good.substring(0, good.length() - 8) + "AAAAAAAA", "deployer"),
                ask(token().audience("somebody-else"), "deployer"),
                ask(token().claim("iss", "https://idp.example.com/" + CANARY), "deployer"),
                ask(stranger.token().subject(subject).audience(RunningWorld.AUDIENCE), "deployer"),
                ask(token().signedWith(stranger.jwtKey(JwtAlgorithm.RS256)), "deployer"),
                ask(token().header("kid", CANARY), "deployer"),
                ask(token().header("jku", "https://" + CANARY + ".example.com"), "deployer"),
                ask(token().notBefore(Instant.now().plusSeconds(3600)), "deployer"),
                ask(token().subject(""), "deployer"),
                askWithSaml(changed(RunningWorld.response(subject).encode()), "adfs-production"),
                askWithSaml(
                        RunningWorld.response(subject).audience("urn:" + CANARY).encode(), "adfs-production"),
                askWithSaml(
                        RunningWorld.response(subject)
                                .recipient("https://" + CANARY + "/")
                                .encode(),
                        "adfs-production"),
                askWithSaml(
                        stranger.samlResponse()
                                .nameId(subject)
                                .role(RunningWorld.SAML_ROLE, RunningWorld.PROVIDER_ARN)
                                .roleSessionName(CANARY)
                                .encode(),
                        "adfs-production"));
    }

    @Test
    void proof_thatIsNotVerifiedForWhateverReason_isOne401ToTheByte() {
        assertThat(unverified().map(UniformErrorsTest::whole).distinct())
                .singleElement()
                .asString()
                .startsWith("401 ")
                .contains("\"code\":\"InvalidToken\"", "WWW-Authenticate=Bearer");
    }

    @Test
    void proof_whoseTimeIsOver_isOne401ToTheByte() {
        Instant past = Instant.now().minusSeconds(3600);

        assertThat(Stream.of(
                                ask(token().issuedAt(past.minusSeconds(60)).expires(past), "deployer"),
                                ask(token().issuedAt(past.minusSeconds(60)).expires(past), "no-such-role"),
                                askWithSaml(
                                        RunningWorld.response(subject)
                                                .issueInstant(past)
                                                .notBefore(past)
                                                .notOnOrAfter(past.plusSeconds(300))
                                                .encode(),
                                        "adfs-production"))
                        .map(UniformErrorsTest::whole)
                        .distinct())
                .singleElement()
                .asString()
                .startsWith("401 ")
                .contains("\"code\":\"TokenExpired\"");
    }

    private Stream<Response> forbidden() {
        String saml = RunningWorld.response(subject).encode();
        return Stream.of(
                ask(token(), "no-such-role"),
                ask(token(), CANARY),
                ask(token(), "admins-only"),
                ask(token().claim("groups", List.of(CANARY)), "deployer"),
                ask(token().audience("sts.amazonaws.com"), "deployer"),
                ask(token(), "adfs-production"),
                byArn("arn:aws:iam::123456789012:role/Admin"),
                byArn("arn:aws:iam::999999999999:role/" + CANARY),
                byArn(RunningWorld.SAML_ROLE),
                askWithSaml(saml, "deployer"),
                askWithSaml(saml, "no-such-role"),
                askWithSaml(
                        RunningWorld.response(subject)
                                .role("arn:aws:iam::123456789012:role/" + CANARY, RunningWorld.PROVIDER_ARN)
                                .encode(),
                        CANARY));
    }

    private Response byArn(String arn) {
        return given().header("Authorization", "Bearer " + token().sign())
                .queryParam("role", arn)
                .get("/v1/credentials");
    }

    @Test
    void role_thatIsUnknownForbiddenOrAnotherProviders_isOne403ToTheByte() {
        assertThat(forbidden().map(UniformErrorsTest::whole).distinct())
                .singleElement()
                .asString()
                .startsWith("403 ")
                .contains("\"code\":\"RoleNotPermitted\"");
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    private Stream<Response> others() {
        String bearer = "Bearer " + token().sign();
        return Stream.of(
                given().get("/" + CANARY),
                given().get("/v1/" + CANARY + "?" + CANARY + "=1"),
                given().put("/v1/roles"),
                given().request("X" + CANARY, "/v1/roles"),
                given().header("Authorization", bearer).get("/v1/credentials/deployer?durationSeconds=" + CANARY),
                given().header("Authorization", bearer).get("/v1/credentials/deployer?minRemainingSeconds=" + CANARY),
                given().header("Authorization", bearer).get("/v1/credentials/deployer?durationSeconds=18000"),
                given().header("Authorization", bearer).get("/v1/credentials/deployer?" + CANARY + "=1"),
                given().header("Authorization", bearer).get("/v1/credentials/-" + CANARY),
                given().header("Authorization", bearer).get("/v1/credentials?role=arn:aws:iam::1:role/" + CANARY),
                given().header("Authorization", bearer).get("/v1/credentials/distrusting"),
                given().contentType("application/json")
                        .body("{\"" + CANARY + "\":1}")
                        .post("/v1/credentials"),
                given().contentType("application/json")
                        .body("{\"role\":" + CANARY)
                        .post("/v1/credentials"),
                given().contentType("application/json")
                        .body("{\"token\":[\"" + CANARY + "\"]}")
                        .post("/v1/roles"),
                given().contentType("text/" + CANARY).body(CANARY).post("/v1/roles"),
                given().formParam(CANARY, CANARY).post("/v1/credentials"),
                askWithSaml("<" + CANARY, "adfs-production"),
                askWithSaml(Base64.getEncoder().encodeToString(("<" + CANARY).getBytes(UTF_8)), "adfs-production"),
                askWithSaml(
                        Base64.getEncoder()
                                .encodeToString(("<!DOCTYPE " + CANARY + "><x>&" + CANARY + ";</x>").getBytes(UTF_8)),
                        "adfs-production"));
    }

    @Test
    void body_ofAnyRefusal_repeatsNothingAndNamesNoLibrary() {
        List<Response> refusals = Stream.of(unverified(), forbidden(), others())
                .flatMap(all -> all)
                .toList();

        assertThat(refusals).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isBetween(400, 499);
            assertThat(answer.contentType()).isEqualTo("application/json");
            assertThat(answer.asString() + answer.headers()).doesNotContain(CANARY);
            assertThat(answer.asString())
                    .doesNotContain(
                            "Exception", "java", "quarkus", "vertx", "netty", "jackson", "dev.credbroker", "arn:")
                    .doesNotContain("stack", "line", "column", "\\n");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v1/roles?token=canary4711 HTTP/1.1\r\nHost: a{canary4711}\r\n",
                "GET /v1/roles?token=canary4711 HTTP/1.1\r\nHost: a/canary4711\r\n",
                "GET /v1/roles?token=canary4711 HTTP/1.1\r\nHost: a:canary4711\r\n",
                "POST /v1/roles?token=canary4711 HTTP/1.1\r\nHost: %zz\r\nContent-Length: 0\r\n",
                "GET /v1/roles HTTP/1.1\r\nHost: a b\r\nAccept: text/html\r\n",
            })
    void request_thatTheRouterRefuses_isAnsweredLikeAnyOther(String head) throws IOException {
        String answer = new RawHttp(RestAssured.port).exchange(head + "Connection: close\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .contains("X-Request-Id: ", "no-store", "nosniff", "Content-Type: application/json\r\n")
                .contains("\"code\":\"InvalidRequest\"", "\"requestId\":\"")
                .doesNotContain(CANARY, "stack", "Error id");
    }

    /** Status, header fields and body, all but the request's id. */
    private static String whole(Response answer) {
        Map<String, String> headers = answer.headers().asList().stream()
                .collect(Collectors.toMap(Header::getName, Header::getValue, (a, b) -> a + "," + b, TreeMap::new));
        String id = headers.replace("X-Request-Id", "ID");
        assertThat(answer.asString()).contains("\"requestId\":\"" + id + "\"");
        return answer.statusCode() + " " + headers + answer.asString().replace(String.valueOf(id), "ID");
    }
}
