package dev.credbroker.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What strangers send makes no new series. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class MetersTest {

    @Inject
    MeterRegistry registry;

    @Test
    void series_underWhateverStrangersSend_staySoMany() throws Exception {
        knock("0");
        Set<Meter.Id> before = series();

        for (int i = 1; i <= 100; i++) {
            knock(Integer.toString(i));
        }

        assertThat(series()).isEqualTo(before);
        assertThat(before).anyMatch(id -> id.getName().equals(Meters.ANSWERS));
    }

    /** Those of the JVM come and go by themselves. */
    private Set<Meter.Id> series() {
        return registry.getMeters().stream()
                .map(Meter::getId)
                .filter(id -> !id.getName().startsWith("jvm."))
                .collect(Collectors.toSet());
    }

    private static void knock(String name) throws Exception {
        String one = UUID.randomUUID().toString();
        given().header("Authorization", one).get("/v1/credentials/" + one);
        given().header("User-Agent", one).header("Host", one).get("/" + one);
        given().put("/v1/" + one);
        given().get("/v1/credentials?" + one + "=1");
        given().header("X-Request-Id", one).get("/v1/roles");
        given().contentType("text/" + one).body(one).post("/v1/roles");
        given().header("Authorization", RunningWorld.token(one).sign()).get("/v1/roles");
        new RawHttp(RestAssured.port)
                .exchange("X" + name + " /v1/roles HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        new RawHttp(RestAssured.port).exchange("GET /" + name + " HTTP/1.1\r\nHost: {\r\nConnection: close\r\n\r\n");
    }
}
