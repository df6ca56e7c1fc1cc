package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import dev.credbroker.simulator.sts.Trust;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A broker whose own AWS credentials are temporary, as in every cloud: AWS gives {@code assume-role} one hour at most. */
class RoleChainingIT {

    private static final String ROLE = "arn:aws:iam::123456789012:role/Deployer";
    private static final String CLAMPING_ROLE = "arn:aws:iam::123456789012:role/Clamping";

    private static final Simulator WORLD = new Simulator(InstantSource.system());
    private static PackagedBroker broker = PackagedBroker.start(
            """
            broker:
              issuers:
                corp:
                  issuer: %1$s
                  audiences: [credential-broker]
              roles:
                deployer:
                  arn: %3$s
                  operation: assume-role
                  max-duration: 4h
                  admit: [{ provider: corp, everyone: true }]
                clamping:
                  arn: %4$s
                  operation: assume-role
                  max-duration: 4h
                  on-excess: clamp
                  admit: [{ provider: corp, everyone: true }]
              sts:
                region: eu-west-1
                endpoint-override: %2$s
            """.formatted(issuer().issuer(), WORLD.url(), ROLE, CLAMPING_ROLE),
            "-Daws.accessKeyId=ASIATESTBROKER000001",
            "-Daws.secretAccessKey=a-secret-of-the-test",
            "-Daws.sessionToken=a-session-token-of-the-test");

    private static SimulatedIdentityProvider issuer() {
        return WORLD.identityProvider("corp");
    }

    @BeforeAll
    static void furnish() {
        WORLD.sts().accessKey("ASIATESTBROKER000001", "a-secret-of-the-test", "a-session-token-of-the-test");
        WORLD.sts().role(ROLE, Duration.ofHours(4), Trust.caller("ASIATESTBROKER000001"));
        WORLD.sts().role(CLAMPING_ROLE, Duration.ofHours(4), Trust.caller("ASIATESTBROKER000001"));
        broker.awaitReady();
    }

    @AfterAll
    static void end() {
        broker.close();
        WORLD.close();
    }

    private static HttpResponse<String> ask(String pathAndQuery) {
        String token =
                issuer().token().subject("alice").audience("credential-broker").sign();
        return Http.get(broker.url() + "/v1/credentials" + pathAndQuery, "Authorization", token);
    }

    @Test
    void namedTwoHours_ofARoleThatRejects_is400BeforeStsIsAsked() {
        HttpResponse<String> answer = ask("/deployer?durationSeconds=7200");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains(
                        "\"code\":\"DurationExceedsMaximum\"",
                        "\"maxDurationSeconds\":3600",
                        "\"limitedBy\":\"role-chaining\"");
        assertThat(WORLD.sts().calls())
                .noneMatch(call -> call.parameter("RoleArn").equals(Optional.of(ROLE))
                        && call.parameter("DurationSeconds").equals(Optional.of("7200")));
    }

    @Test
    void namedTwoHours_ofARoleThatClamps_isOneHourAndSaysWhy() {
        HttpResponse<String> answer = ask("/clamping?durationSeconds=7200");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Broker-Duration"))
                .contains("requested=7200, granted=3600, limited-by=role-chaining");
    }

    @Test
    void max_isOneHour() {
        assertThat(ask("/deployer?durationSeconds=max").headers().firstValue("Broker-Duration"))
                .contains("requested=max, granted=3600, limited-by=role-chaining");
    }
}
