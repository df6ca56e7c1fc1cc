package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.http.Fault;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start and what does not, and what an operator then reads. */
class StartIT {

    private static final String MISTAKES = """
            broker:
              issuers:
                corp:
                  issuer: http://idp.example.com/realms/corp
                  audiences: [credential-broker]
              saml:
                adfs:
                  entity-id: http://adfs.example.com/adfs/services/trust
                  provider-arn: arn:aws:iam::*:saml-provider/ADFS
              roles:
                reports:
                  arn: arn:aws:iam::123456789012:role/Reports
                  operation: assume-role-with-saml
                  tags: { team: "{subject}" }
                  admit: [{ provider: adfs, everyone: true }]
                nightly:
                  arn: arn:aws:iam::123456789012:role/Nightly
                  operation: assume-role
                  default-duration: 4h
                  max-duration: 1h
                  admit: [{ provider: nobody, everyone: true }]
              sts:
                region: eu-west-1
                endpoint-override: http://sts.example.com
            """;

    private static final String ONE_ISSUER = """
            broker:
              issuers:
                corp:
                  issuer: %s
                  audiences: [credential-broker]
              roles:
                nightly:
                  arn: arn:aws:iam::123456789012:role/Nightly
                  operation: assume-role-with-web-identity
                  admit: [{ provider: corp, everyone: true }]
              sts:
                region: eu-west-1
            """;

    private final Simulator simulator = new Simulator(InstantSource.system());

    @BeforeEach
    void issuerIsDown() {
        simulator.identityProvider().failAlways(Fault.cut());
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    private String oneIssuer() {
        return ONE_ISSUER.formatted(simulator.identityProvider().issuer());
    }

    @Test
    void mistakesOfAllPackages_stopTheStartAndAreToldTogether() {
        try (PackagedBroker broker = PackagedBroker.start(MISTAKES)) {
            assertThat(broker.awaitExitCode()).isNotZero();

            List<String> lines = broker.log().lines().toList();
            assertThat(List.of(
                            "broker.issuers.corp.issuer",
                            "broker.saml.adfs.metadata",
                            "broker.roles.reports.tags",
                            "broker.roles.nightly.admit[0].provider",
                            "broker.roles.nightly.default-duration",
                            "broker.sts.endpoint-override"))
                    .allSatisfy(property -> assertThat(lines)
                            .filteredOn(line -> line.strip().startsWith(property + ": "))
                            .hasSize(1));
            assertThat(lines.getFirst()).matches("the configuration has \\d+ mistake\\(s\\):");
            assertThat(broker.log()).doesNotContain("\tat ", "Exception", "Caused by");
            assertThat(broker.audit()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker.sts.endpoint", "broker.cache.redis.hosts", "broker.issuer.corp.issuer"})
    void unknownProperty_stopsTheStartAndIsNamed(String property) {
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer(), "-D" + property + "=x")) {
            assertThat(broker.awaitExitCode()).isNotZero();

            assertThat(broker.log()).contains(property).doesNotContain("\tat ");
        }
    }

    @Test
    void issuerThatIsDown_doesNotStopTheStartAndIsNamedInHealth() {
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer()).awaitLive()) {
            HttpResponse<String> before = Http.get(broker.managementUrl() + "/q/health/ready");

            assertThat(before.statusCode()).isEqualTo(503);
            assertThat(before.body()).contains("\"issuer.corp\": \"unusable");

            simulator.identityProvider().clearFaults();
            broker.awaitReady();

            assertThat(Http.get(broker.managementUrl() + "/q/health/ready").body())
                    .contains("\"issuer.corp\": \"usable");
        }
    }

    @Test
    void deadIssuerBesideALiveOne_leavesTheBrokerReady() {
        simulator.identityProvider().clearFaults();
        String dead = "http://127.0.0.1:" + FreePort.find() + "/realms/dead";
        try (PackagedBroker broker = PackagedBroker.start(
                        oneIssuer(),
                        "-Dbroker.issuers.dead.issuer=" + dead,
                        "-Dbroker.issuers.dead.audiences=credential-broker")
                .awaitReady()) {
            HttpResponse<String> health = Http.get(broker.managementUrl() + "/q/health/ready");

            assertThat(health.statusCode()).isEqualTo(200);
            assertThat(health.body()).contains("\"issuer.corp\": \"usable", "\"issuer.dead\": \"unusable");
        }
    }

    @Test
    void operatorsPages_areOnTheManagementPortOnly() {
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer()).awaitLive()) {
            for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready", "/q/metrics")) {
                assertThat(Http.get(broker.managementUrl() + path).statusCode())
                        .as(path)
                        .isIn(200, 503);
                assertThat(Http.get(broker.url() + path).statusCode()).as(path).isEqualTo(404);
            }
            assertThat(Http.get(broker.url() + "/openapi.yaml").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void terminated_endsWithinSeconds() {
        simulator.identityProvider().clearFaults();
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer()).awaitReady()) {
            long asked = System.nanoTime();
            broker.terminate();

            assertThat(broker.awaitExitCode()).isIn(0, 143);
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
        }
    }
}
