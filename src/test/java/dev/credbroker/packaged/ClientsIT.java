package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.credbroker.deploy.Snippet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The examples of docs/clients.md that say so are run, against the packaged program and the simulated STS. */
@Timeout(180)
class ClientsIT {

    private static final String PROVIDER = "aws sts get-caller-identity --query Arn --output text\n";
    private static final Map<String, List<String>> PROGRAMS = Map.of(
            "sh", List.of("bash", "-eu"),
            "ini", List.of("bash", "-eu"),
            "python", List.of("python3"),
            "java", List.of(java(), "-cp", PackagedBroker.HOME.toAbsolutePath() + "/lib/main/*"));

    private static SimulatedWorld world;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        world = new SimulatedWorld().awaitReady();
        // The examples ask once; the first session of a busy machine may take longer than that.
        assertThat(Polling.until(ClientsIT::isWarm, Duration.ofSeconds(30))).isTrue();
    }

    @AfterAll
    static void stop() {
        world.close();
    }

    private static boolean isWarm() {
        return Http.get(
                                world.broker().url() + "/v1/credentials/batch-upload",
                                "Authorization",
                                world.token("alice").sign())
                        .statusCode()
                == 200;
    }

    static Stream<Snippet> toBeRun() {
        return Snippet.of(Path.of("docs/clients.md")).stream().filter(Snippet::run);
    }

    @Test
    void examples_thatAreRun_areOfEachKind() {
        assertThat(toBeRun().map(Snippet::language)).contains("sh", "ini", "python", "java");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("toBeRun")
    void example_thatSaysSo_isGivenASession(Snippet snippet) throws Exception {
        needs(snippet);
        String text = snippet.text()
                .replace("https://broker.example.com", world.broker().url())
                .replace("/run/secrets/broker/", directory + "/")
                .replace("response.b64", directory.resolve("response").toString());
        secrets();

        String output = run(snippet.language(), text);

        assertThat(output)
                .containsAnyOf(
                        "arn:aws:sts::123456789012:assumed-role/Batch-Upload/alice", "\"AccountId\":\"123456789012\"");
    }

    private void secrets() throws IOException {
        String token = world.token("alice").sign();
        Files.writeString(directory.resolve("token"), token);
        Files.writeString(directory.resolve("header"), "Authorization: Bearer " + token);
        Files.writeString(directory.resolve("response"), world.response("alice").encode());
    }

    private static void needs(Snippet snippet) {
        boolean cli = snippet.text().contains("aws ") || snippet.language().equals("ini");
        assumeTrue(!cli || isThere("aws", "--version"), "The AWS command line is not installed: not run");
        boolean python = snippet.language().equals("python");
        assumeTrue(!python || isThere("python3", "-c", "import boto3"), "boto3 is not installed: not run");
    }

    private static boolean isThere(String... command) {
        try {
            return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String run(String language, String text) throws Exception {
        Path file = Files.writeString(directory.resolve(language.equals("java") ? "WhoAmI.java" : "example"), text);
        List<String> command = new ArrayList<>(PROGRAMS.get(language));
        if (language.equals("ini")) {
            Files.writeString(directory.resolve("script"), PROVIDER);
            command.add(directory.resolve("script").toString());
        } else {
            command.add(file.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().putAll(environment(language, file));
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    /** The two variables that the page names, except where the example sets them or has a profile. */
    private Map<String, String> environment(String language, Path file) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "AWS_ENDPOINT_URL_STS",
                world.stsUrl(),
                "AWS_REGION",
                "eu-west-1",
                "AWS_DEFAULT_REGION",
                "eu-west-1",
                "AWS_EC2_METADATA_DISABLED",
                "true",
                "AWS_CONFIG_FILE",
                directory.resolve("none").toString(),
                "AWS_SHARED_CREDENTIALS_FILE",
                directory.resolve("none").toString()));
        if (language.equals("ini")) {
            environment.putAll(Map.of("AWS_CONFIG_FILE", file.toString(), "AWS_PROFILE", "upload"));
        } else if (!language.equals("sh")) {
            environment.putAll(Map.of(
                    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
                    world.broker().url() + "/v1/credentials/batch-upload",
                    "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE",
                    directory.resolve("token").toString()));
        }
        return environment;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
