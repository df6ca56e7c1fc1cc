package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.sts.StsFaults;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The contract and the running broker, held against each other both ways. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class ContractTest {

    private final String token =
            RunningWorld.token(UUID.randomUUID().toString()).sign();

    @Inject
    private Routes routes;

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
    }

    static Set<String> promised() {
        return Contract.promised();
    }

    /** {@code METHOD PATH STATUS}: the broker can be brought to give this answer, and gives it as promised. */
    @ParameterizedTest
    @MethodSource
    void promised(String line) throws IOException {
        String[] words = line.split(" ", -1);
        Operation operation = new Operation(words[0], words[1]);
        switch (Integer.parseInt(words[2])) {
            case 200 -> expect(operation, 200, operation.ask(token, "deployer"));
            case 400 -> expect(operation, 400, operation.askWrongly(token));
            case 401 -> expect(operation, 401, operation.ask("a.b.c", "deployer"));
            case 403 -> expect(operation, 403, operation.ask(token, "admins-only"));
            case 405 -> expect(operation, 405, given().request("PUT", operation.path()));
            case 408 -> expect(operation, 408, raw(operation.line() + "Content-Length: 10\r\n\r\n"));
            case 413 -> {
                expect(operation, 413, raw(operation.line() + "Content-Length: " + (Limits.BODY + 1) + "\r\n\r\n"));
                expect(operation, 413, raw(operation.line() + "Transfer-Encoding: chunked\r\n\r\n" + tooLongChunk()));
            }
            case 414 -> expect(operation, 414, raw(operation.line("?" + "x".repeat(Limits.REQUEST_LINE)) + "\r\n"));
            case 415 -> expect(operation, 415, operation.askInWords(token));
            case 429 -> expect(operation, 429, operation.askUnder(StsFaults.throttling(), token));
            case 431 ->
                expect(operation, 431, raw(operation.line() + "X-Long: " + "x".repeat(Limits.HEAD) + "\r\n\r\n"));
            case 500 -> expect(operation, 500, operation.askUnder(StsFaults.regionDisabled(), token));
            case 503 -> expect(operation, 503, operation.ask(tokenOfTheDeadIssuer(), "deployer"));
            default -> throw new AssertionError("nothing here provokes " + line);
        }
    }

    @Test
    void operations_thatAreServed_areThoseOfTheContract() {
        assertThat(routes.operations().stream()
                        .map(served -> served.method() + " " + served.path().replaceAll(":(\\w+)", "{$1}")))
                .containsExactlyInAnyOrderElementsOf(Contract.operations());
    }

    private static void expect(Operation operation, int status, Response answer) {
        assertThat(answer.statusCode()).isEqualTo(status);
        Contract.check(operation.method(), operation.template(), answer);
    }

    private static void expect(Operation operation, int status, RawHttp.Answer answer) {
        assertThat(answer.status()).isEqualTo(status);
        Contract.check(operation.method(), operation.template(), answer);
    }

    private static RawHttp.Answer raw(String request) throws IOException {
        return new RawHttp(RestAssured.port).send(request);
    }

    private static String tooLongChunk() {
        return Integer.toHexString(Limits.BODY + 1) + "\r\n" + "x".repeat(Limits.BODY + 1) + "\r\n0\r\n\r\n";
    }

    private static String tokenOfTheDeadIssuer() {
        return RunningWorld.deadIssuer()
                .token()
                .subject("bob")
                .audience(RunningWorld.AUDIENCE)
                .sign();
    }

    /** One operation of the contract, and how it is asked. */
    private record Operation(String method, String template) {

        private static final String ROLE = "{role}";

        String path() {
            return template.replace(ROLE, "deployer");
        }

        /** The beginning of a raw request. */
        String line(String query) {
            return method + ' ' + path() + query + " HTTP/1.1\r\nHost: a\r\n";
        }

        String line() {
            return line("");
        }

        Response ask(String token, String role) {
            RequestSpecification request = given().header("Authorization", token);
            if (!template.startsWith("/v1/credentials")) {
                return method.equals("GET")
                        ? request.get(template)
                        : given().formParam("token", token).post(template);
            }
            if (template.contains(ROLE)) {
                return request.get(template, role);
            }
            return method.equals("GET")
                    ? request.queryParam("role", role).get(template)
                    : given().formParam("role", role).formParam("token", token).post(template);
        }

        Response askWrongly(String token) {
            RequestSpecification request = given().header("Authorization", token);
            return method.equals("GET")
                    ? request.queryParam("colour", "red").get(path())
                    : request.formParam("colour", "red").post(path());
        }

        Response askInWords(String token) {
            return given().header("Authorization", token)
                    .contentType("text/plain")
                    .body("please")
                    .post(path());
        }

        Response askUnder(Fault fault, String token) {
            RunningWorld.sts().faults().always(fault);
            return ask(token, "deployer");
        }
    }
}
