package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client;
import dev.credbroker.client.Client.Run;
import dev.credbroker.client.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The client's script before the packaged broker, and the AWS CLI before the script. */
class ClientIT {

    private static SimulatedWorld world;

    private final String subject = "user-" + UUID.randomUUID();

    @TempDir
    private Path home;

    @BeforeAll
    static void start() {
        world = new SimulatedWorld().awaitReady();
    }

    @AfterAll
    static void end() {
        world.close();
    }

    @BeforeEach
    void forget() {
        world.sts().faults().clear();
        world.sts().forgetCalls();
    }

    private Client client(Shell shell) {
        return new Client(shell, home)
                .with("CREDENTIAL_BROKER_URL", world.broker().url())
                .standardInput(world.token(subject).sign() + "\n");
    }

    private static long exchanges() {
        return world.sts().calls().stream()
                .filter(call -> call.action().startsWith("AssumeRole"))
                .count();
    }

    @ParameterizedTest
    @EnumSource
    void get_withAToken_printsASession(Shell shell) {
        Run byName = client(shell).run("--role", "deployer", "--token-stdin", "--duration", "14400");
        Run byArn = client(shell)
                .run("--role", "arn:aws:iam::123456789012:role/Deployer", "--token-stdin", "--duration", "14400");

        assertThat(byName.code()).as(byName.err()).isZero();
        assertThat(byName.out())
                .startsWith("{\"Version\":1,\"AccessKeyId\":\"ASIA")
                .hasLineCount(1);
        assertThat(byArn.out()).isEqualTo(byName.out());
        assertThat(exchanges()).isEqualTo(1);
    }

    /** The response is spent after the first time: what is held here serves the second. */
    @Test
    void get_withASamlResponse_printsASession() {
        Client client = client(Shell.DASH).standardInput(world.response(subject).encode());

        Run first = client.run("--role", "adfs-production", "--saml-stdin");
        Run second = client.run("--role", "adfs-production", "--saml-stdin");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
    }

    @Test
    void get_refusedByTheBroker_tellsItsWords() {
        Run unknown = client(Shell.DASH).run("--role", "nobody", "--token-stdin");
        Run tooLong = client(Shell.DASH).run("--role", "deployer", "--token-stdin", "--duration", "43200");
        Run distrusted = client(Shell.DASH).run("--role", "distrusting", "--token-stdin");
        Run strange = client(Shell.DASH)
                .standardInput(world.stranger().token().subject(subject).sign())
                .run("--role", "deployer", "--token-stdin");

        assertThat(unknown.err())
                .startsWith("credential-broker: RoleNotPermitted: ")
                .hasLineCount(1);
        assertThat(tooLong.err())
                .startsWith("credential-broker: DurationExceedsMaximum: ")
                .contains("14400");
        assertThat(distrusted.err()).startsWith("credential-broker: AccessDenied: ");
        assertThat(strange.err()).startsWith("credential-broker: InvalidToken: ");
        assertThat(unknown.code()).isEqualTo(4);
        assertThat(tooLong.code()).isEqualTo(4);
        assertThat(distrusted.code()).isEqualTo(4);
        assertThat(strange.code()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void doctor_beforeTheRealBroker_findsAllWell(Shell shell) {
        Run run = client(shell).run("doctor", "--role", "batch-upload", "--token-stdin");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).hasLineCount(9).contains("ok    credentials: ").doesNotContain("FAIL");
    }

    @Test
    void roles_ofTheRealBroker_areListed() {
        assertThat(client(Shell.DASH).run("roles", "--token-stdin").out())
                .contains("batch-upload", "deployer", "distrusting")
                .doesNotContain("adfs-production");
    }

    @Test
    void configuredProfile_ofTheCommandLine_signsAsTheSession() throws Exception {
        AwsCommandLine aws = new AwsCommandLine(home, world.stsUrl());
        Path config = home.resolve("config");
        Path token =
                Files.writeString(home.resolve("token"), world.token(subject).sign() + "\n");
        Client client = client(Shell.DASH).with("AWS_CONFIG_FILE", config.toString());
        String[] configure = {
            "configure",
            "--profile",
            "upload",
            "--role",
            "batch-upload",
            "--duration",
            "14400",
            "--token-file",
            token.toString()
        };

        Run first = client.run(configure);
        String written = Files.readString(config);
        Run second = client.run(configure);
        Map<String, String> profile = Map.of("AWS_CONFIG_FILE", config.toString(), "AWS_PROFILE", "upload");
        String caller = aws.run(profile, "sts", "get-caller-identity");

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.out()).startsWith("unchanged");
        assertThat(config).hasContent(written);
        assertThat(caller).contains("arn:aws:sts::123456789012:assumed-role/Batch-Upload/" + subject);
        assertThat(exchanges()).isEqualTo(1);
    }
}
