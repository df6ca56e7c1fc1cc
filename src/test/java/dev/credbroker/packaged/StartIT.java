package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.http.Fault;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start and what does not, and what an operator then reads. */
class StartIT {

    private static final String MISTAKES = """
            broker:
              issuers:
                corp: { issuer: "http://idp.example.com/realms/corp", audiences: [credential-broker] }
                corp-eu: { issuer: "https://eu.example.com", audiences: [sts.amazonaws.com] }
                open: { issuer: "https://open.example.com" }
                twin: { issuer: "https://eu.example.com", audiences: [credential-broker] }
                both: { issuer: "https://both.example.com", audiences: [credential-broker] }
              saml:
                adfs: { entity-id: "urn:adfs", provider-arn: "arn:aws:iam::*:saml-provider/ADFS" }
                weak:
                  entity-id: urn:weak
                  provider-arn: arn:aws:iam::*:saml-provider/Weak
                  signing-certificates: [CERTIFICATE]
                both: &saml
                  metadata: https://saml.example.com
                  entity-id: urn:both
                  provider-arn: arn:aws:iam::*:saml-provider/Both
                copy: *saml
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
                anybody:
                  arn: arn:aws:iam::123456789012:role/Anybody
                  operation: assume-role
                  policy: ""
                  admit: [{ provider: corp }]
                again:
                  arn: arn:aws:iam::*:role/Anybody
                  operation: assume-role-with-web-identity
                  admit: [{ provider: corp, everyone: true }]
                shared:
                  arn: arn:aws:iam::123456789012:role/Shared
                  operation: assume-role
                  source-identity: "{subject}"
                  admit: [{ provider: corp, everyone: true }, { provider: twin, everyone: true }]
                confused:
                  arn: arn:aws:iam::123456789012:role/Confused
                  operation: assume-role
                  session-name: "{provider}-{subject}"
                  admit: [{ provider: corp, everyone: true }, { provider: corp-eu, everyone: true }]
              sts: { region: eu-west-1, endpoint-override: "http://sts.example.com" }
              cache: { maximum-sessions: 0 }
              audit: { on-failure: ignore, queue: 0 }
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

    @TempDir
    private Path folder;

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
    void mistakesOfAllPackages_stopTheStartAndAreToldTogether() throws IOException {
        Path weak = Path.of("src/test/resources/weak/rsa-1024.pem").toAbsolutePath();
        Path policy = Files.writeString(
                folder.resolve("java.security"), "jdk.xml.dsig.secureValidationPolicy=maxTransforms 5\n");
        try (PackagedBroker broker = PackagedBroker.start(
                MISTAKES.replace("CERTIFICATE", weak.toString()),
                "-Djava.security.properties=" + policy,
                "-Dquarkus.http.cors.enabled=true",
                "-Dquarkus.http.access-log.enabled=true",
                "-Dquarkus.log.file.format=%m%n",
                "-Djdk.httpclient.HttpClient.log=headers",
                "-Daws.endpointUrlSts=https://sts.example.com")) {
            assertThat(broker.awaitExitCode()).isNotZero();

            List<String> told = told(broker);
            assertThat(told)
                    .containsExactlyInAnyOrder(
                            "broker.issuers.corp.issuer",
                            "broker.issuers.corp-eu.audiences",
                            "broker.issuers.open.audiences",
                            "broker.issuers.twin.issuer",
                            "broker.saml",
                            "broker.saml.adfs.metadata",
                            "broker.saml.weak.signing-certificates[0]",
                            "broker.saml.both",
                            "broker.saml.copy.entity-id",
                            "broker.roles.reports.tags",
                            "broker.roles.nightly.admit[0].provider",
                            "broker.roles.nightly.default-duration",
                            "broker.roles.anybody.admit[0]",
                            "broker.roles.anybody.policy",
                            "broker.roles.anybody.arn",
                            "broker.roles.shared.session-name",
                            "broker.roles.shared.source-identity",
                            "broker.roles.confused.session-name",
                            "broker.sts.endpoint-override",
                            "broker.cache.maximum-sessions",
                            "broker.audit.on-failure",
                            "broker.audit.queue",
                            "quarkus.http.cors.enabled",
                            "quarkus.http.access-log.enabled",
                            "quarkus.log.file.format",
                            "jdk.httpclient.HttpClient.log",
                            "aws.endpointUrlSts");
            assertThat(broker.log().lines().findFirst())
                    .contains("the configuration has %d mistake(s):".formatted(told.size()));
            assertThat(broker.log()).doesNotContain("\tat ", "Exception", "Caused by");
            assertThat(broker.audit()).isEmpty();
        }
    }

    /** What each of the findings is about. */
    private static List<String> told(PackagedBroker broker) {
        return broker.log()
                .lines()
                .filter(line -> line.startsWith("  "))
                .map(line -> line.strip().split(": ", 2)[0])
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"broker.sts.endpoint", "broker.cache.redis.hosts", "broker.issuer.corp.issuer"})
    void unknownProperty_stopsTheStartAndIsNamed(String property) {
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer(), "-D" + property + "=x")) {
            assertThat(broker.awaitExitCode()).isNotZero();

            assertThat(broker.log()).contains(property).doesNotContain("\tat ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"key-canary", "-----BEGIN CERTIFICATE-----\nkey-canary\n-----END CERTIFICATE-----\n"})
    void certificate_thatCannotBeRead_stopsTheStartAndIsNamedInOneLine(String text) throws IOException {
        Files.writeString(folder.resolve("tls.crt"), text);
        Files.writeString(folder.resolve("tls.key"), text);
        try (PackagedBroker broker = PackagedBroker.start(oneIssuer(), TlsIT.tls(folder, FreePort.find()))) {
            assertThat(broker.awaitExitCode()).isNotZero();

            assertThat(told(broker))
                    .contains("quarkus.tls.https.key-store.pem.broker.cert")
                    .allMatch(property -> property.startsWith("quarkus.tls.https.key-store.pem.broker."));
            assertThat(broker.log()).doesNotContain("\tat ", "Exception", "key-canary");
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
