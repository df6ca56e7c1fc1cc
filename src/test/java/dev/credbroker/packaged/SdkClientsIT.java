package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.http.Fault;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ContainerCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProcessCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/** AWS's own clients, which know nothing of the broker, fetch credentials from it and sign with them. */
class SdkClientsIT {

    private static final String FULL_URI = "aws.containerCredentialsFullUri";
    private static final String AUTHORIZATION = "aws.containerAuthorizationToken";

    private static SimulatedWorld world;

    private final String subject = "user-" + UUID.randomUUID();

    @TempDir
    private Path directory;

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

    @AfterEach
    void clearSettings() {
        System.clearProperty(FULL_URI);
        System.clearProperty(AUTHORIZATION);
    }

    private String token() {
        return world.token(subject).sign();
    }

    private static String url(String roleAndQuery) {
        return world.broker().url() + "/v1/credentials/" + roleAndQuery;
    }

    private Path headerFile() throws IOException {
        return Files.writeString(directory.resolve("broker.header"), "Authorization: Bearer " + token());
    }

    private GetCallerIdentityResponse caller(AwsCredentialsProvider credentials) {
        try (StsClient client = StsClient.builder()
                .endpointOverride(URI.create(world.stsUrl()))
                .region(Region.EU_WEST_1)
                .httpClient(Apache5HttpClient.create())
                .credentialsProvider(credentials)
                .build()) {
            return client.getCallerIdentity();
        }
    }

    private String caller(Map<String, String> variables) throws Exception {
        return new AwsCommandLine(directory, world.stsUrl()).run(variables, "sts", "get-caller-identity");
    }

    private String session(String role) {
        return "arn:aws:sts::123456789012:assumed-role/" + role + "/" + subject;
    }

    private static long exchanges() {
        return world.sts().calls().stream()
                .filter(call -> call.action().startsWith("AssumeRole"))
                .count();
    }

    @Test
    void containerProvider_ofTheJavaSdk_signsAsTheSession() {
        System.setProperty(FULL_URI, url("batch-upload"));
        System.setProperty(AUTHORIZATION, token());

        try (ContainerCredentialsProvider credentials =
                ContainerCredentialsProvider.builder().build()) {
            GetCallerIdentityResponse caller = caller(credentials);

            assertThat(caller.arn()).isEqualTo(session("Batch-Upload"));
            assertThat(caller.account()).isEqualTo("123456789012");
        }
    }

    @Test
    void containerProvider_withAColdStsSlowerThanItsPatience_costsOneExchange() {
        System.setProperty(FULL_URI, url("deployer"));
        System.setProperty(AUTHORIZATION, token());
        // It hangs up after one second and asks again: the exchange goes on meanwhile.
        world.sts().faults().next(1, Fault.delay(Duration.ofMillis(1500)));

        try (ContainerCredentialsProvider credentials =
                ContainerCredentialsProvider.builder().build()) {
            assertThat(caller(credentials).arn()).isEqualTo(session("Deployer"));
        }

        assertThat(exchanges()).isEqualTo(1);
    }

    @Test
    void processProvider_ofTheJavaSdk_signsAsTheSession() throws IOException {
        List<String> command = List.of("curl", "-sS", "-H", "@" + headerFile(), url("deployer?durationSeconds=14400"));

        try (ProcessCredentialsProvider credentials =
                ProcessCredentialsProvider.builder().command(command).build()) {
            GetCallerIdentityResponse caller = caller(credentials);

            assertThat(caller.arn()).isEqualTo(session("Deployer"));
            assertThat(caller.account()).isEqualTo("123456789012");
            assertThat(credentials.resolveCredentials().accountId()).contains("123456789012");
        }
    }

    @Test
    void containerVariables_ofTheCommandLine_signAsTheSession() throws Exception {
        String answer = caller(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI", url("deployer"), "AWS_CONTAINER_AUTHORIZATION_TOKEN", token()));

        assertThat(answer).contains(session("Deployer"));
    }

    @Test
    void tokenFile_ofTheCommandLine_signsAsTheSession() throws Exception {
        Path file = Files.writeString(directory.resolve("token"), token());

        String answer = caller(Map.of(
                "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                url("deployer"),
                "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                file.toString()));

        assertThat(answer).contains(session("Deployer"));
    }

    @Test
    void credentialProcess_ofTheCommandLine_signsAsTheSession() throws Exception {
        Path profiles = Files.writeString(
                directory.resolve("config"), """
                [profile upload]
                credential_process = curl -sS -H @%s %s
                """.formatted(headerFile(), url("batch-upload?durationSeconds=14400")));

        String answer = caller(Map.of("AWS_CONFIG_FILE", profiles.toString(), "AWS_PROFILE", "upload"));

        assertThat(answer).contains(session("Batch-Upload"));
    }
}
