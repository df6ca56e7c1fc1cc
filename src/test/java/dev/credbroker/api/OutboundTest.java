package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Decoy;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.simulator.sts.StsCall;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the broker calls is for its configuration to say: nothing in a request leads it anywhere else. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class OutboundTest {

    private final Decoy decoy = new Decoy();
    private final String subject = UUID.randomUUID().toString();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
        RunningWorld.sts().forgetCalls();
    }

    @AfterEach
    void nobodyWasLedAstray() {
        assertThat(decoy.connections()).isZero();
        decoy.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: DECOY",
                "Host: sts.attacker.example",
                "X-Forwarded-Host: DECOY",
                "X-Forwarded-Server: DECOY",
                "X-Forwarded-For: DECOY",
                "X-Forwarded-Proto: http://DECOY/",
                "X-Forwarded-Prefix: //DECOY/",
                "X-Forwarded-Port: 9",
                "Forwarded: for=DECOY;host=DECOY;proto=http;by=DECOY",
                "X-Original-URL: http://DECOY/",
                "X-Rewrite-URL: http://DECOY/",
                "X-Host: DECOY",
                "X-HTTP-Host-Override: DECOY",
                "Origin: http://DECOY",
                "Referer: http://DECOY/",
                "Via: 1.1 DECOY",
                "Proxy: http://DECOY",
                "X-Amz-Region: us-east-1",
                "X-Amz-Security-Token: http://DECOY",
                "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
            })
    void header_thatNamesAnotherPlace_changesNothing(String header) throws IOException {
        String host = header.startsWith("Host:") ? "" : "Host: broker.example.com\r\n";

        String answer = new RawHttp(RestAssured.port)
                .exchange(
                        "GET /v1/credentials/deployer HTTP/1.1\r\n" + host + led(header) + "\r\nAuthorization: Bearer "
                                + RunningWorld.token(subject).sign() + "\r\nConnection: close\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain(place());
        assertThat(RunningWorld.sts().calls()).singleElement().satisfies(call -> {
            assertThat(call.region()).contains("eu-west-1");
            assertThat(call.parameters())
                    .containsOnlyKeys("Action", "Version", "RoleArn", "RoleSessionName", "DurationSeconds")
                    .containsEntry("RoleArn", RunningWorld.KEY_ROLE);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://DECOY/",
                "//DECOY/role",
                "arn:aws:iam::123456789012:role/http://DECOY/",
                "arn:aws:iam::123456789012:role/../../DECOY",
                "arn:aws:iam::DECOY:role/Deployer",
                "arn:aws:iam:us-east-1:123456789012:role/Deployer",
                "arn:aws-cn:iam::123456789012:role/Deployer",
                "arn:aws@DECOY#:iam::123456789012:role/Deployer",
                "arn:aws:sts::123456789012:assumed-role/Deployer/alice",
                "arn:aws:iam::210987654321:role/Deployer",
                "arn:aws:iam::123456789012:role/Deployer?@DECOY",
                "arn:aws:iam::123456789012:role/Deployer\u0000",
                "arn:aws:iam::123456789012:role/*"
            })
    void role_thatLeadsElsewhere_isRefusedWithoutAskingAnybody(String role) {
        Response answer = given().header(
                        "Authorization", "Bearer " + RunningWorld.token(subject).sign())
                .contentType("application/json")
                .body(Map.of("role", led(role)))
                .post("/v1/credentials");

        assertThat(answer.statusCode()).isIn(400, 403);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "region",
                "endpoint",
                "endpointUrl",
                "stsEndpoint",
                "issuer",
                "jwks_uri",
                "metadata",
                "callback",
                "webhook",
                "roleSessionName",
                "sourceIdentity",
                "tags",
                "policy",
                "policyArns",
                "externalId",
                "principalArn"
            })
    void parameter_thatIsForTheConfigurationToSay_is400(String name) {
        Response answer = given().header(
                        "Authorization", "Bearer " + RunningWorld.token(subject).sign())
                .contentType("application/json")
                .body(Map.of("role", "deployer", name, decoy.url()))
                .post("/v1/credentials");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    static Stream<Arguments> tokens() {
        return Stream.of(
                token("jku", (draft, url) -> draft.header("jku", url)),
                token("x5u", (draft, url) -> draft.header("x5u", url)),
                token("jwk", (draft, url) -> draft.header("jwk", Map.of("kty", "RSA", "jku", url))),
                token("typ", (draft, url) -> draft.header("typ", url)),
                token("iss", (draft, url) -> draft.claim("iss", url)),
                token("iss with the path of a real one", (draft, url) -> draft.claim("iss", url + "/idp/corp")),
                token(
                        "user information",
                        (draft, url) -> draft.claim("iss", RunningWorld.issuer().issuer() + "@" + url)));
    }

    private static Arguments token(String what, BiFunction<TokenDraft, String, TokenDraft> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tokens")
    void token_thatPointsElsewhere_is401WithoutAskingAnybody(
            String what, BiFunction<TokenDraft, String, TokenDraft> change) {
        String token = change.apply(RunningWorld.token(subject), decoy.url()).sign();

        Response answer = given().header("Authorization", "Bearer " + token).get("/v1/credentials/deployer");

        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    static Stream<Arguments> responses() {
        return Stream.of(
                response("Issuer", (draft, url) -> draft.issuer(url)),
                response("Destination", (draft, url) -> draft.destination(url)),
                response("Recipient", (draft, url) -> draft.recipient(url)),
                response("Audience", (draft, url) -> draft.audience(url)));
    }

    private static Arguments response(String what, BiFunction<SamlDraft, String, SamlDraft> change) {
        return Arguments.of(what, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("responses")
    void response_thatPointsElsewhere_is401WithoutAskingAnybody(
            String what, BiFunction<SamlDraft, String, SamlDraft> change) {
        String response =
                change.apply(RunningWorld.response(subject), decoy.url()).encode();

        Response answer = given().contentType("application/json")
                .body(Map.of("role", "adfs-production", "samlResponse", response))
                .post("/v1/credentials");

        assertThat(answer.statusCode()).as(what).isEqualTo(401);
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    /** The same without what leads astray: the tests above refuse that, and not all. */
    @ParameterizedTest
    @ValueSource(strings = {"deployer", "adfs-production"})
    void request_thatLeadsNowhere_isOneCall(String role) {
        Map<String, String> body = role.equals("deployer")
                ? Map.of("role", role, "token", RunningWorld.token(subject).sign())
                : Map.of(
                        "role",
                        role,
                        "samlResponse",
                        RunningWorld.response(subject).encode());

        Response answer = given().contentType("application/json").body(body).post("/v1/credentials");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).singleElement().matches(StsCall::succeeded);
    }

    private String place() {
        return "127.0.0.1:" + decoy.port();
    }

    private String led(String text) {
        return text.replace("DECOY", place());
    }
}
