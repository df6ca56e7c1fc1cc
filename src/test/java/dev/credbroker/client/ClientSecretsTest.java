package dev.credbroker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.credbroker.client.Client.Run;
import dev.credbroker.client.Client.Started;
import dev.credbroker.simulator.http.Gate;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a request is under way, its token can be read in no list of processes, no environment and no file. */
class ClientSecretsTest {

    private static final String CANARY = "canary-of-the-token";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "curl",
            "cut",
            "date",
            "dirname",
            "id",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "od",
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sleep",
            "tr",
            "uname");
    private static final Path PROCESSES = Path.of("/proc");

    @TempDir
    private Path home;

    private final FakeBroker broker = new FakeBroker();

    @AfterEach
    void end() {
        broker.close();
    }

    /** Nothing, of a process that has ended meanwhile. */
    private static String seen(ProcessHandle process, String what) {
        try {
            return Files.readString(
                    PROCESSES.resolve(Long.toString(process.pid())).resolve(what), StandardCharsets.ISO_8859_1);
        } catch (IOException _) {
            return "";
        }
    }

    private List<String> files() {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("in"))
                    .map(ClientSecretsTest::content)
                    .toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokenOfAVariable_whileAsking_isSeenNowhere(Shell shell) {
        Client client = new Client(shell, home).with("TOKEN", CANARY).with("SHELLOPTS", "allexport:xtrace");
        // A name that is exported stays so, whatever the script assigns to it
        assigned().forEach(name -> client.with(name, "x"));

        watch(client, "--token-env", "TOKEN");
    }

    /** The names of all variables of the script. */
    private static List<String> assigned() {
        List<String> names = Pattern.compile("(?m)(?:^|[ ;(&|])([a-z_]+)=")
                .matcher(content(Client.SCRIPT))
                .results()
                .map(result -> result.group(1))
                .distinct()
                .toList();
        assertThat(names).contains("proof", "body", "fields", "session");
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void tokenOfStandardInput_whileAsking_isSeenNowhere(Shell shell) {
        watch(new Client(shell, home).standardInput(CANARY + "\r\n\n"), "--token-stdin");
    }

    @ParameterizedTest
    @EnumSource
    void tokenOfACommand_whileAsking_isSeenNowhere(Shell shell) {
        watch(new Client(shell, home), "--token-command", "printf canary-; echo of-the-token; echo noise >&2");
    }

    private void watch(Client client, String... source) {
        assumeTrue(Files.isDirectory(PROCESSES), "there is no /proc: processes cannot be looked into");
        Gate gate = broker.faults().hold();
        Started run = client.start(
                Stream.concat(Stream.of("--url", broker.url(), "--role", "batch-upload"), Stream.of(source))
                        .toArray(String[]::new));
        gate.awaitArrivals(1, PATIENCE);
        List<ProcessHandle> children = run.process().descendants().toList();

        assertThat(children.stream().map(child -> seen(child, "cmdline")))
                .anySatisfy(line -> assertThat(line).startsWith("curl\0"))
                .noneSatisfy(line -> assertThat(line).contains(CANARY));
        assertThat(children.stream().map(child -> seen(child, "environ")))
                .noneSatisfy(environment -> assertThat(environment).contains(CANARY));
        assertThat(seen(run.process().toHandle(), "cmdline")).doesNotContain(CANARY);
        assertThat(files()).noneSatisfy(content -> assertThat(content).contains(CANARY));

        gate.open();
        Run ended = run.end();
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).doesNotContain(CANARY, "noise");
        assertThat(broker.requests(FakeBroker.CREDENTIALS))
                .singleElement()
                .satisfies(request ->
                        assertThat(request.parameters().first("token")).contains(CANARY));
    }

    /** Before each program that the script runs, one that writes down what every process of the user can see of it. */
    private Client watched(Client client) throws IOException {
        Path bin = Files.createDirectories(home.resolve("watched"));
        for (String tool : TOOLS) {
            Path wrapper = Files.writeString(bin.resolve(tool), """
                    #!/bin/sh
                    PATH=${PATH#*:}
                    { echo "run %s $*"; env; } >>'%s'
                    exec %s "$@"
                    """.formatted(tool, home.resolve("seen"), tool));
            Files.setPosixFilePermissions(wrapper, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return client.with("PATH", bin + ":" + System.getenv("PATH"));
    }

    @ParameterizedTest
    @EnumSource
    void programs_ofAWholeRun_seeNoToken(Shell shell) throws IOException {
        Client client = watched(new Client(shell, home)).with("TOKEN", CANARY);

        Run run = client.run("--url", broker.url(), "--role", "batch-upload", "--cache", "--token-env", "TOKEN");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(content(home.resolve("seen")))
                .contains("run curl ", "run date ", "run awk ")
                .doesNotContain(CANARY, "secret/of+the=session", "token/of+the+session");
    }

    @Test
    void programs_ofAWrongUse_seeNoToken() throws IOException {
        Client client = watched(new Client(Shell.DASH, home)).with("TOKEN", CANARY);

        Run run = client.run("--token-env", "TOKEN", "--url", "http://example.com/\u001b");

        assertThat(run.code()).isEqualTo(2);
        assertThat(content(home.resolve("seen"))).contains("run date ").doesNotContain(CANARY);
    }

    /** Whoever wrote a .curlrc for other things wanted neither a trace nor a redirect of this. */
    @Test
    void curlrcOfTheUser_isNotRead() throws IOException {
        Path trace = home.resolve("trace.txt");
        Files.writeString(home.resolve(".curlrc"), "trace-ascii = \"" + trace + "\"\nlocation\n");

        Run run = new Client(Shell.DASH, home)
                .with("TOKEN", CANARY)
                .run("--url", broker.url(), "--role", "batch-upload", "--token-env", "TOKEN");

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(trace).doesNotExist();
    }

    /** In clear to this machine means to this machine. */
    @Test
    void proxyOfTheEnvironment_seesNothingThatIsInClear() {
        try (FakeBroker proxy = new FakeBroker()) {
            Run run = new Client(Shell.DASH, home)
                    .with("TOKEN", CANARY)
                    .with("http_proxy", proxy.url())
                    .with("ALL_PROXY", proxy.url())
                    .run("--url", broker.url(), "--role", "batch-upload", "--token-env", "TOKEN");

            assertThat(run.code()).as(run.err()).isZero();
            assertThat(proxy.requests(FakeBroker.CREDENTIALS)).isEmpty();
        }
    }
}
