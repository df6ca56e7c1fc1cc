package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The profile is written, and nothing else is changed; what would hide it is told. */
class ClientConfigureTest {

    private static final String URL = "https://broker.example.com";

    @TempDir
    private Path home;

    private Path config;

    @BeforeEach
    void folder() throws IOException {
        config = Files.createDirectories(home.resolve(".aws")).resolve("config");
    }

    /** With the tools of the system, and without the AWS CLI: the file is edited by the script itself. */
    private Client client(Shell shell) throws IOException {
        Path bin = Files.createDirectories(home.resolve("system"));
        for (String tool : List.of(
                "awk",
                "basename",
                "cat",
                "cp",
                "cut",
                "date",
                "dirname",
                "mkdir",
                "mv",
                "readlink",
                "rm",
                "sed",
                "sh",
                "tr")) {
            Path link = bin.resolve(tool);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(
                        link,
                        Stream.of("/usr/bin", "/bin")
                                .map(folder -> Path.of(folder, tool))
                                .filter(Files::isExecutable)
                                .findFirst()
                                .orElseThrow());
            }
        }
        return new Client(shell, home).with("PATH", bin.toString());
    }

    private static Run configure(Client client, String profile, String role, String... more) {
        return client.run(Stream.concat(
                        Stream.of(
                                "configure",
                                "--url",
                                URL,
                                "--profile",
                                profile,
                                "--role",
                                role,
                                "--token-file",
                                "a token"),
                        Stream.of(more))
                .toArray(String[]::new));
    }

    private String line(String role) {
        return "credential_process = %s --url %s --role %s --token-file '%s/a token'"
                .formatted(Client.SCRIPT, URL, role, home);
    }

    @ParameterizedTest
    @EnumSource
    void configure_twice_changesOneLineOnce(Shell shell) throws IOException {
        String before = "# mine\n[profile other]\nregion = eu-west-1\n\n[ profile  \"upload\" ]\nregion = us-east-1";
        Files.writeString(config, before);

        Run first = configure(client(shell), "upload", "batch-upload");
        String written = Files.readString(config);
        Run second = configure(client(shell), "upload", "batch-upload");

        assertThat(List.of(first.code(), second.code()))
                .as(first.err() + second.err())
                .containsOnly(0);
        assertThat(second.out()).startsWith("unchanged");
        assertThat(written)
                .isEqualTo(before.replace("\"upload\" ]", "\"upload\" ]\n" + line("batch-upload")) + "\n")
                .isEqualTo(Files.readString(config));
    }

    @ParameterizedTest
    @EnumSource
    void configure_newProfile_isAdded(Shell shell) throws IOException {
        Files.writeString(config, "[default]\nregion = eu-west-1\n");

        configure(client(shell), "upload", "batch-upload");
        Run again = configure(client(shell), "upload", "deployer");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(Files.readString(config))
                .isEqualTo("[default]\nregion = eu-west-1\n\n[profile upload]\n" + line("deployer") + "\n");
        assertThat(home.resolve(".aws").toFile().list()).containsExactly("config");
    }

    @Test
    void configure_withoutAFile_makesOneForTheUserAlone() throws IOException {
        Run run = configure(client(Shell.DASH), "default", "batch-upload");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readString(config)).isEqualTo("[default]\n" + line("batch-upload") + "\n");
        assertThat(Files.getPosixFilePermissions(config)).hasToString("[OWNER_READ, OWNER_WRITE]");
    }

    @Test
    void configure_linkedFile_staysALinkWithItsMode() throws IOException {
        Path real = Files.writeString(home.resolve("dotfiles"), "[default]\n");
        Files.setPosixFilePermissions(real, PosixFilePermissions.fromString("rw-r--r--"));
        Files.createSymbolicLink(config, Path.of("../dotfiles"));

        configure(client(Shell.DASH), "default", "batch-upload");

        assertThat(config).isSymbolicLink();
        assertThat(Files.readString(real)).contains("credential_process");
        assertThat(Files.getPosixFilePermissions(real)).isEqualTo(PosixFilePermissions.fromString("rw-r--r--"));
    }

    @ParameterizedTest
    @EnumSource
    void configure_oddRole_isOneWordForAShell(Shell shell) throws Exception {
        String role = "it's \\a \"role\" $(id) `id` %s";

        configure(client(shell), "upload", role);
        String process = Files.readAllLines(config).getLast().replaceFirst("^credential_process = ", "");

        Process words = new ProcessBuilder("sh", "-c", "printf '<%s>' " + process).start();
        assertThat(new String(words.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("<--role><" + role + "><--token-file>");
    }

    @Test
    void configure_lineBreak_addsNoLine() throws IOException {
        for (String role : List.of("a\nregion = evil", "a\rb", "a #b", "a ;b")) {
            Run run = configure(client(Shell.DASH), "upload", role);

            assertThat(run.code()).isEqualTo(2);
        }
        for (String profile : List.of("a]\n[default", "a b", "a]", "-a")) {
            assertThat(configure(client(Shell.DASH), profile, "r").code()).isEqualTo(2);
        }
        assertThat(config).doesNotExist();
    }

    @Test
    void configure_profileThatHasKeys_isRefusedAndNoCredentialsAreTouched() throws IOException {
        String keys = "[upload]\naws_access_key_id = AKIA\n";
        Path credentials = Files.writeString(home.resolve(".aws/credentials"), keys);

        Run run = configure(client(Shell.DASH), "upload", "batch-upload");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("credentials");
        assertThat(Files.readString(credentials)).isEqualTo(keys);
        assertThat(config).doesNotExist();
    }

    @Test
    void configure_profileOfAnotherKind_isRefused() throws IOException {
        Files.writeString(config, "[profile upload]\nrole_arn = arn:aws:iam::123456789012:role/X\n");

        Run run = configure(client(Shell.DASH), "upload", "batch-upload");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("role_arn");
    }
}
