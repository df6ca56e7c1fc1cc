package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What strangers send makes no new series. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class MetersTest {

    @Inject
    MeterRegistry registry;

    @Test
    void series_underStrangersMethodsPathsAndTokens_staySoMany() throws Exception {
        knock("0");
        long before = registry.getMeters().size();

        for (int i = 1; i <= 50; i++) {
            knock(Integer.toString(i));
        }

        assertThat(registry.getMeters()).hasSize((int) before);
    }

    private static void knock(String name) throws Exception {
        String one = UUID.randomUUID().toString();
        given().header("Authorization", one).get("/v1/credentials/" + one);
        given().get("/" + one);
        given().put("/v1/" + one);
        given().header("Authorization", RunningWorld.token(one).sign()).get("/v1/roles");
        new RawHttp(RestAssured.port)
                .exchange("X" + name + " /v1/roles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    }
}
