package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong use is told before anything is sent. */
class ClientMisuseTest {

    private static final String URL = "https://broker.example.com";

    private record Misuse(List<String> arguments, String told) {

        Misuse(String arguments, String told) {
            this(List.of(arguments.split(" ")), told);
        }
    }

    static final List<Misuse> MISUSES = List.of(
            new Misuse("--role r --token-stdin", "--url"),
            new Misuse("--url " + URL + " --token-stdin", "--role"),
            new Misuse("--url " + URL + " --role r --token-stdin --saml-stdin", "one source"),
            new Misuse("--url " + URL + " --role r --token-stdin --duration 899", "900 to 43200"),
            new Misuse("--url " + URL + " --role r --token-stdin --duration 43201", "900 to 43200"),
            new Misuse("--url " + URL + " --role r --token-stdin --duration 1h", "900 to 43200"),
            new Misuse("--url " + URL + " --role r --token-stdin --duration 0900", "900 to 43200"),
            new Misuse("--url " + URL + " --role r --token-stdin --min-remaining -1", "--min-remaining"),
            new Misuse("--url " + URL + " --role r --token-stdin --timeout 0", "--timeout"),
            new Misuse("--url " + URL + " --role r --token-stdin --timeout 3601", "--timeout"),
            new Misuse("--url " + URL + " --role r --token-stdin --ca-file none.pem", "none.pem"),
            new Misuse("--url " + URL + " --role r --token-env a-b", "variable"),
            new Misuse("--url " + URL + " --role r --token-env X;id", "variable"),
            new Misuse("--url " + URL + " --role r --token-env proof", "variable"),
            new Misuse("--url " + URL + " --role r --token-file", "needs a value"),
            new Misuse("--url " + URL + " --role r --frobnicate 1", "--frobnicate"),
            new Misuse("frobnicate", "frobnicate"));

    @TempDir
    private Path home;

    @ParameterizedTest
    @FieldSource("MISUSES")
    void arguments_thatAreWrong_areNamed(Misuse misuse) {
        Run run = new Client(Shell.DASH, home).run(misuse.arguments().toArray(String[]::new));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(misuse.told());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://broker.example.com",
                "http://127.0.0.1.example.com",
                "http://127.0.0.1@example.com",
                "http://localhost:80@example.com",
                "http://127.0.0.1:8080.example.com",
                "http://[::1]example.com",
                "http://[::1].example.com/",
                "http://2130706433",
                "https://user:password@broker.example.com",
                "https://broker.example.com#x",
                "https://broker.example.com?x=y",
                "https://broker.example.com:port",
                "https://",
                "https:///path",
                "https://a b",
                "https://a\nb",
                "https://a\\b",
                "https://{a,b}",
                "https://bücher.example",
                "HTTPS://broker.example.com",
                "file:///etc/passwd",
                "-K/etc/passwd"
            })
    void url_thatNoSecretMayGoTo_isRefused(String url) {
        Run run = new Client(Shell.BASH, home).standardInput("token").run("--url", url, "--role", "r", "--token-stdin");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("--url is ");
    }
}
