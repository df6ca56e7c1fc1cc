package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.api.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the program answers at all: on the public port the contract, on the other health and metrics, and no more. */
class SurfacesIT {

    private static PackagedBroker broker;

    @BeforeAll
    static void start() {
        broker = PackagedBroker.start("""
                broker:
                  issuers:
                    corp:
                      issuer: http://127.0.0.1:1/realms/corp
                      audiences: [credential-broker]
                  roles:
                    nightly:
                      arn: arn:aws:iam::123456789012:role/Nightly
                      operation: assume-role-with-web-identity
                      admit: [{ provider: corp, everyone: true }]
                  sts:
                    region: eu-west-1
                """).awaitLive();
    }

    @AfterAll
    static void end() {
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q",
                "/q/",
                "/q/health",
                "/q/health/live",
                "/q/health/ready",
                "/q/health/group/x",
                "/q/health-ui",
                "/q/metrics",
                "/q/info",
                "/q/openapi",
                "/q/swagger-ui",
                "/q/dev",
                "/q/dev-ui",
                "/q/dev-v1",
                "/q/arc/beans",
                "/health",
                "/metrics",
                "/openapi",
                "/index.html",
                "/static/x",
                "/favicon.ico",
                "/application.yaml",
                "/META-INF/MANIFEST.MF",
                "//q/metrics",
                "/./q/metrics",
                "/v1/../q/metrics",
                "/v1/%2e%2e/q/metrics",
                "/v1/..%2fq/metrics",
                "/%71/metrics",
                "/Q/metrics",
                "/q;x=1/metrics",
                "/q%2fmetrics",
                "/q/metrics/",
                "/q/metrics%00",
                "/q\\metrics",
                "/v1/roles/..;/q/metrics"
            })
    void publicPort_outsideOfTheContract_hasNothing(String target) throws IOException {
        String answer = raw(broker.url(), "GET " + target + " HTTP/1.1\r\nHost: a\r\n");

        assertThat(answer).matches("(?s)HTTP/1.1 (404|400) .*").doesNotContain("jvm_", "\"checks\"", "<html");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Original-URL: /q/metrics",
                "X-Rewrite-URL: /q/metrics",
                "X-Forwarded-Prefix: /q/metrics",
                "X-Forwarded-Port: 9000",
                "Forwarded: host=127.0.0.1:9000",
                "X-HTTP-Method-Override: TRACE"
            })
    void publicPort_underFieldsThatRewritePaths_hasNothingElse(String field) throws IOException {
        assertThat(raw(broker.url(), "GET /v1/roles HTTP/1.1\r\nHost: a\r\n" + field + "\r\n"))
                .startsWith("HTTP/1.1 401 ");
        assertThat(raw(broker.url(), "GET http://127.0.0.1:9000/q/metrics HTTP/1.1\r\nHost: a\r\n" + field + "\r\n"))
                .startsWith("HTTP/1.1 404 ");
    }

    @Test
    void publicPort_toPagesOfOtherOrigins_givesNoLeave() throws IOException {
        for (String target : List.of("/v1/roles", "/v1/credentials/nightly", "/openapi.yaml", "/nowhere")) {
            for (String method : List.of("GET", "OPTIONS", "HEAD")) {
                assertThat(raw(
                                broker.url(),
                                method + " " + target + " HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"
                                        + "Access-Control-Request-Method: GET\r\n"
                                        + "Access-Control-Request-Headers: authorization\r\n"))
                        .as(method + " " + target)
                        .doesNotContainIgnoringCase("access-control-");
            }
        }
    }

    @Test
    void managementPort_toPagesOfOtherOrigins_givesNoLeave() throws IOException {
        for (String target : List.of("/q/metrics", "/q/health", "/q/health/ready", "/nowhere")) {
            assertThat(raw(
                            broker.managementUrl(),
                            "GET " + target + " HTTP/1.1\r\nHost: a\r\nOrigin: https://evil.example\r\n"))
                    .as(target)
                    .doesNotContainIgnoringCase("access-control-");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/q",
                "/q/",
                "/q/info",
                "/q/openapi",
                "/q/swagger-ui",
                "/q/dev",
                "/q/dev-ui",
                "/q/health-ui",
                "/q/arc",
                "/q/arc/beans",
                "/q/logging-manager",
                "/q/jfr",
                "/metrics",
                "/openapi.yaml",
                "/v1/roles",
                "/v1/credentials/nightly"
            })
    void managementPort_besidesHealthAndMetrics_hasNothing(String path) {
        assertThat(Http.get(broker.managementUrl() + path).statusCode()).isEqualTo(404);
    }

    @Test
    void managementPort_hasHealthAndMetrics() {
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")) {
            assertThat(Http.get(broker.managementUrl() + path).statusCode())
                    .as(path)
                    .isIn(200, 503);
        }
    }

    @Test
    void publicPort_hasTheContract() {
        assertThat(Http.get(broker.url() + "/openapi.yaml").statusCode()).isEqualTo(200);
    }

    @Test
    void answers_onBothPorts_doNotSayWhatServesThem() {
        for (String url :
                List.of(broker.url() + "/v1/roles", broker.url() + "/x", broker.managementUrl() + "/q/health")) {
            HttpResponse<String> answer = Http.get(url);

            assertThat(answer.headers().map().keySet())
                    .as(url)
                    .noneMatch(name -> List.of("server", "x-powered-by", "via", "set-cookie")
                            .contains(name.toLowerCase(Locale.ROOT)));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json", "*/*"})
    void failures_ofTheServer_showNoPageOfItsOwn(String accept) throws IOException {
        String head = " HTTP/1.1\r\nHost: {\r\nAccept: " + accept + "\r\n";

        for (String url : List.of(broker.url(), broker.managementUrl())) {
            assertThat(raw(url, "GET /v1/roles" + head))
                    .startsWith("HTTP/1.1 400 ")
                    .doesNotContain("<html", "Quarkus", "io.", "\tat ", "Exception");
        }
    }

    private static String raw(String url, String head) throws IOException {
        return new RawHttp(URI.create(url).getPort()).exchange(head + "Connection: close\r\n\r\n");
    }
}
