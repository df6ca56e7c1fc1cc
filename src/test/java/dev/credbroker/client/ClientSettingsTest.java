package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is set, and where the proof comes from. */
class ClientSettingsTest {

    @TempDir
    private Path home;

    private final FakeBroker broker = new FakeBroker();

    @AfterEach
    void end() {
        broker.close();
    }

    @ParameterizedTest
    @EnumSource
    void variables_standForOptionsThatAreAbsent(Shell shell) throws IOException {
        Path token = Files.writeString(home.resolve("token"), "from-a-file\n");
        Client client = new Client(shell, home)
                .with("CREDENTIAL_BROKER_URL", broker.url() + "//")
                .with("CREDENTIAL_BROKER_ROLE", "batch-upload")
                .with("CREDENTIAL_BROKER_DURATION", "3600")
                .with("CREDENTIAL_BROKER_TOKEN_FILE", token.toString());

        Run run = client.run();
        Run overruled = client.standardInput("from-stdin").run("get", "--duration=max", "--token-stdin");

        assertThat(List.of(run.code(), overruled.code())).containsOnly(0);
        assertThat(broker.requests(FakeBroker.CREDENTIALS).stream()
                        .map(request -> Stream.of("role", "durationSeconds", "token")
                                .map(name -> request.parameters().first(name).orElse("none"))
                                .toList()))
                .containsExactly(
                        List.of("batch-upload", "3600", "from-a-file"), List.of("batch-upload", "max", "from-stdin"));
    }

    @ParameterizedTest
    @EnumSource
    void source_withoutAToken_saysToSignIn(Shell shell) throws IOException {
        Path empty = Files.writeString(home.resolve("empty"), "\n\n");

        Stream.of(
                        List.of("--token-file", empty.toString()),
                        List.of("--token-file", home.resolve("absent").toString()),
                        List.of("--token-env", "ABSENT"),
                        List.of("--token-command", "exit 7"),
                        List.of("--token-command", "true"),
                        List.of("--token-stdin"),
                        List.<String>of())
                .forEach(source -> {
                    Run run = new Client(shell, home)
                            .run(Stream.concat(Stream.of("--url", broker.url(), "--role", "r"), source.stream())
                                    .toArray(String[]::new));

                    assertThat(run.code()).as(source.toString()).isEqualTo(3);
                    assertThat(run.err()).hasLineCount(1);
                });
        assertThat(broker.requests(FakeBroker.CREDENTIALS)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void command_thatDoesNotEnd_isEnded(Shell shell) {
        Run run = new Client(shell, home)
                .run("--url", broker.url(), "--role", "r", "--timeout", "1", "--token-command", "exec sleep 100");

        assertThat(run.code()).isEqualTo(5);
        assertThat(run.err()).hasLineCount(1).contains("--timeout");
    }

    @Test
    void samlResponse_inLines_isSentAsOne() {
        new Client(Shell.DASH, home)
                .standardInput("PHNh\r\nbWw+\r\n")
                .run("--url", broker.url(), "--role", "r", "--saml-stdin");

        assertThat(broker.requests(FakeBroker.CREDENTIALS))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.parameters().first("samlResponse")).contains("PHNhbWw+"));
    }

    @Test
    void roles_areListedOneOnALine() {
        Run run = new Client(Shell.DASH, home)
                .standardInput("token")
                .run("roles", "--url", broker.url(), "--token-stdin");

        assertThat(run.out()).hasLineCount(1).contains("batch-upload", "3600", "14400", "role/Batch");
    }

    @ParameterizedTest
    @EnumSource
    void help_namesEveryExitCode(Shell shell) {
        assertThat(new Client(shell, home).run("help").out())
                .contains(
                        "login", "doctor", "configure", "0 done", "2 wrong", "3 no token", "4 refused", "5 un", "6 an");
    }
}
