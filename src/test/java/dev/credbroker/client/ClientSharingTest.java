package dev.credbroker.client;

import static dev.credbroker.client.FakeBroker.CREDENTIALS;
import static dev.credbroker.client.FakeBroker.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.client.Client.Run;
import dev.credbroker.client.Client.Started;
import dev.credbroker.packaged.Polling;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.Gate;
import dev.credbroker.simulator.http.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One request for many processes, also when those that made it are killed; and sessions that are held where that is wanted. */
class ClientSharingTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SAML = "PHNhbWw+";

    @TempDir
    private Path home;

    private final FakeBroker broker = new FakeBroker();

    @AfterEach
    void end() {
        broker.close();
    }

    private static String token(String subject, long issuedAt) {
        return Stream.of(
                        "{\"alg\":\"RS256\"}",
                        "{\"iss\":\"https://idp\",\"sub\":\"%s\",\"groups\":[\"a.b\"],\"iat\":%d}"
                                .formatted(subject, issuedAt),
                        "signature")
                .map(part ->
                        Base64.getUrlEncoder().withoutPadding().encodeToString(part.getBytes(StandardCharsets.UTF_8)))
                .reduce((left, right) -> left + '.' + right)
                .orElseThrow();
    }

    private Client client(Shell shell) {
        return new Client(shell, home).with("TOKEN", token("alice", 1)).with("CREDENTIAL_BROKER_TIMEOUT", "120");
    }

    private Started get(Client client, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--url", broker.url(), "--role", "batch-upload"));
        arguments.addAll(more.length == 0 ? List.of("--token-env", "TOKEN") : List.of(more));
        return client.start(arguments.toArray(String[]::new));
    }

    private List<Started> many(int count, Client client) {
        return IntStream.range(0, count).mapToObj(_ -> get(client)).toList();
    }

    private static void awaitWaiting(int count, Client client) {
        assertThat(Polling.until(
                        () -> client.files().stream()
                                        .filter(file -> file.startsWith("wait-"))
                                        .count()
                                >= count,
                        PATIENCE))
                .as(count + " wait: " + client.files())
                .isTrue();
    }

    private static List<Run> ends(List<Started> started) {
        return started.stream().map(Started::end).toList();
    }

    private static void allHaveTheSameSession(List<Run> runs) {
        assertThat(runs).allSatisfy(run -> assertThat(run.code()).as(run.err()).isZero());
        assertThat(runs.stream().map(Run::out).distinct())
                .singleElement()
                .asString()
                .startsWith("{");
    }

    /** Answers differ from request to request, so that equal ones come from one. */
    private void answerDifferently() {
        broker.reply(
                CREDENTIALS,
                IntStream.range(1, 9)
                        .mapToObj(i -> Reply.json(FakeBroker.session(Duration.ofHours(i))))
                        .toArray(Reply[]::new));
    }

    @Test
    void forty_atOnce_makeOneRequest() {
        Client client = client(Shell.DASH);
        answerDifferently();
        Gate gate = broker.faults().hold();

        List<Started> forty = many(40, client);
        awaitWaiting(40, client);
        gate.open();

        allHaveTheSameSession(ends(forty));
        assertThat(broker.requests(CREDENTIALS)).hasSize(1);
        assertThat(client.files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void some_withOneRefusal_areAllToldSo(Shell shell) {
        Client client = client(shell);
        Gate gate = new Gate();
        broker.faults().next(1, Fault.hold(gate));
        broker.reply(CREDENTIALS, problem(403, "RoleNotPermitted", "Ask for it."), Reply.json("{}"));

        List<Started> some = many(4, client);
        awaitWaiting(4, client);
        gate.open();

        assertThat(ends(some)).allSatisfy(run -> {
            assertThat(run.code()).isEqualTo(4);
            assertThat(run.err()).contains("RoleNotPermitted: Ask for it.");
            assertThat(run.out()).isEmpty();
        });
        assertThat(broker.requests(CREDENTIALS)).hasSize(1);
        assertThat(client.files()).isEmpty();
    }

    /** Such as one that opens a browser, in which a person says no. */
    @ParameterizedTest
    @EnumSource
    void some_withOneCommandThatFails_runItOnce(Shell shell) throws IOException {
        Client client = client(shell);
        String command = "while [ ! -e go ]; do sleep 0.1; done; echo once >>ran; exit 3";

        List<Started> some = IntStream.range(0, 4)
                .mapToObj(_ -> get(client, "--saml-command", command))
                .toList();
        awaitWaiting(4, client);
        Files.createFile(home.resolve("go"));

        assertThat(ends(some)).allSatisfy(run -> {
            assertThat(run.code()).isEqualTo(3);
            assertThat(run.err()).hasLineCount(1).contains("code 3");
        });
        assertThat(home.resolve("ran")).hasContent("once");
        assertThat(broker.requests(CREDENTIALS)).isEmpty();
    }

    /** Two jobs of one account, whose commands read the same but find another token, directory or variable. */
    @ParameterizedTest
    @EnumSource
    void two_whoseCommandsReadAlike_areNotTakenForOne(Shell shell) throws IOException {
        answerDifferently();
        Files.writeString(home.resolve("token"), token("alice", 1));
        Client alice = client(shell).with("WHO", "alice");
        Run first = get(alice, "--cache", "--token-command", "cat ./token").end();
        Run fromSaml = get(alice, "--saml-command", "printf %s " + SAML).end();
        Files.writeString(home.resolve("token"), token("bob", 1));
        Client bob = client(shell).with("WHO", "bob");

        Run second = get(bob, "--cache", "--token-command", "cat ./token").end();
        Run secondFromSaml = get(bob, "--saml-command", "printf %s " + SAML).end();

        assertThat(List.of(first, fromSaml, second, secondFromSaml))
                .extracting(Run::out)
                .doesNotHaveDuplicates();
        assertThat(broker.requests(CREDENTIALS)).hasSize(4);
    }

    /** The first is killed while it asks, then the one that succeeds it: each has exactly one successor. */
    @ParameterizedTest
    @EnumSource
    void holders_thatAreKilled_areSucceededByOne(Shell shell) {
        Client client = client(shell);
        answerDifferently();
        Gate gate = new Gate();
        broker.faults().next(2, Fault.hold(gate));
        Started first = get(client);
        gate.awaitArrivals(1, PATIENCE);
        List<Started> others = new ArrayList<>(many(5, client));
        awaitWaiting(6, client);

        first.process().destroyForcibly();
        gate.awaitArrivals(2, PATIENCE);
        Started second = holder(client, others);
        others.remove(second);
        second.process().destroyForcibly();

        allHaveTheSameSession(ends(others));
        gate.open();
        assertThat(Polling.until(() -> broker.requests(CREDENTIALS).size() == 3, PATIENCE))
                .as("requests of two that were killed and of one that was not")
                .isTrue();
        assertThat(client.files().stream().filter(file -> !file.startsWith("wait-")))
                .as("what is left")
                .isEmpty();
    }

    /** The end of the line: who was the last to make a link. */
    private static Started holder(Client client, List<Started> among) {
        List<String> targets = client.files().stream()
                .filter(file -> file.startsWith("lock-"))
                .map(file -> target(client.state().resolve(file)))
                .toList();
        return among.stream()
                .filter(started -> targets.stream()
                        .anyMatch(target ->
                                target.contains(":" + started.process().pid() + ":")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody holds the lock: " + targets));
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void holder_thatIsTerminated_leavesNothing(Shell shell) {
        Client client = client(shell);
        Gate gate = broker.faults().hold();
        Started holder = get(client);
        gate.awaitArrivals(1, PATIENCE);
        List<ProcessHandle> children = holder.process().descendants().toList();

        holder.process().destroy();

        assertThat(holder.end().code()).isEqualTo(128 + 15);
        assertThat(client.files()).isEmpty();
        assertThat(children).isNotEmpty();
        assertThat(Polling.until(() -> children.stream().noneMatch(ProcessHandle::isAlive), PATIENCE))
                .as("its children end with it")
                .isTrue();
    }

    /** Between the look at a dead holder and the link that succeeds it, its line ended and somebody took the lock. */
    @ParameterizedTest
    @EnumSource
    void successor_thatComesTooLate_holdsNothing(Shell shell) throws IOException {
        Client client = client(shell);
        String lock = lockOf(client);
        long now = Instant.now().getEpochSecond();
        Path ln = Files.createDirectories(home.resolve("late")).resolve("ln");
        Files.writeString(ln, """
                #!/bin/sh
                PATH=${PATH#*:}
                case $3 in *:0) rm -f '%1$s' && ln -s elsewhere:1:%2$d:1 '%1$s' ;; esac
                exec ln "$@"
                """.formatted(client.state().resolve(lock), now + 600));
        Files.setPosixFilePermissions(ln, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.createSymbolicLink(client.state().resolve(lock), Path.of("elsewhere:1:" + (now - 6) + ":0"));
        int before = broker.requests(CREDENTIALS).size();

        Run run = get(
                        client.with("PATH", ln.getParent() + ":" + System.getenv("PATH")),
                        "--token-env",
                        "TOKEN",
                        "--timeout",
                        "2")
                .end();

        assertThat(run.code()).isEqualTo(5);
        assertThat(broker.requests(CREDENTIALS)).hasSize(before);
        assertThat(client.files()).containsExactly(lock);
    }

    /** One that was left by processes that were all killed. */
    @Test
    void answer_fromBeforeOneCame_isNotForIt() throws IOException {
        Client client = client(Shell.DASH);
        String key = lockOf(client).substring("lock-".length());
        Gate gate = broker.faults().hold();
        Started leader = get(client);
        gate.awaitArrivals(1, PATIENCE);
        Files.writeString(
                client.state().resolve("hand-" + key),
                "1 " + Instant.now().minusSeconds(60).getEpochSecond() + " 4 0\nof a minute ago\n");

        Started follower = get(client);
        awaitWaiting(2, client);
        gate.open();

        allHaveTheSameSession(ends(List.of(leader, follower)));
    }

    /** It may hold a session. */
    @ParameterizedTest
    @EnumSource
    void answer_whoseReadersWereAllKilled_isTakenAwayByTheNext(Shell shell) throws IOException {
        Client client = client(shell);
        var _ = lockOf(client);
        long killed = 4_194_304; // Above the highest number that Linux gives.
        Files.writeString(client.state().resolve("hand-of-another-key"), "1 1 0 1\n{}\n");
        Files.createFile(client.state().resolve("wait-of-another-key." + killed));

        Run run = get(client).end();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(client.files()).isEmpty();
    }

    @Test
    void answer_thatAnotherKeysReadersWaitFor_isLeftToThem() throws IOException {
        Client client = client(Shell.DASH);
        var _ = lockOf(client);
        Path hand = Files.writeString(client.state().resolve("hand-of-another-key"), "1 1 0 1\n{}\n");
        Files.createFile(client.state()
                .resolve("wait-of-another-key." + ProcessHandle.current().pid()));

        get(client).end();

        assertThat(hand).exists();
    }

    /** The name of the lock that the client makes. */
    private String lockOf(Client client) {
        Gate gate = broker.faults().hold();
        Started probe = get(client);
        gate.awaitArrivals(1, PATIENCE);
        String lock = client.files().stream()
                .filter(file -> file.startsWith("lock-"))
                .findFirst()
                .orElseThrow();
        broker.faults().clear();
        probe.end();
        return lock;
    }

    /** A lock of a process on another machine, or of one whose number was given away, is over when its time is. */
    @Test
    void lock_ofAnotherMachine_isRespectedUntilItsTime() throws IOException {
        Client client = client(Shell.DASH);
        String lock = lockOf(client);
        long now = Instant.now().getEpochSecond();

        Files.createSymbolicLink(client.state().resolve(lock), Path.of("elsewhere:1:" + (now + 600) + ":0"));
        Run respectful = get(client, "--token-env", "TOKEN", "--timeout", "2").end();
        Files.delete(client.state().resolve(lock));
        Files.createSymbolicLink(client.state().resolve(lock), Path.of("elsewhere:1:" + (now - 6) + ":0"));
        Run successor = get(client).end();

        assertThat(respectful.code()).isEqualTo(5);
        assertThat(successor.code()).as(successor.err()).isZero();
        assertThat(client.files()).isEmpty();
    }

    @Test
    void session_ofAToken_isNotHeld() {
        Client client = client(Shell.DASH);

        get(client).end();
        get(client).end();

        assertThat(broker.requests(CREDENTIALS)).hasSize(2);
        assertThat(client.files()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void session_ofASamlResponse_isHeldInAFileOfTheUserAlone(Shell shell) throws IOException {
        Client client = client(shell).with("SAML", SAML);

        Run first = get(client, "--saml-env", "SAML").end();
        Run second = get(client, "--saml-env", "SAML").end();
        Run without = get(client, "--saml-env", "SAML", "--no-cache").end();

        assertThat(first.code()).as(first.err()).isZero();
        assertThat(second.out()).isEqualTo(first.out());
        assertThat(without.code()).isZero();
        assertThat(broker.requests(CREDENTIALS))
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.parameters().first("samlResponse")).contains(SAML));
        assertThat(client.files()).singleElement().satisfies(file -> {
            assertThat(file).matches("session-[0-9a-f]{64}");
            assertThat(Files.getPosixFilePermissions(client.state().resolve(file)))
                    .hasToString("[OWNER_READ, OWNER_WRITE]");
        });
        assertThat(Files.getPosixFilePermissions(client.state()))
                .hasToString("[OWNER_READ, OWNER_WRITE, OWNER_EXECUTE]");
    }

    private Run held(Client client, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--token-env", "TOKEN", "--cache"));
        arguments.addAll(List.of(more));
        return get(client, arguments.toArray(String[]::new)).end();
    }

    @Test
    void heldSession_isOfOneIdentityRoleAndDurationOnly() {
        Client client = client(Shell.DASH);
        answerDifferently();

        Run first = held(client);
        Run renewedToken = held(client.with("TOKEN", token("alice", 2)));
        Run another = held(client.with("TOKEN", token("bob", 1)));
        Run longer = held(client, "--duration", "3600");
        Run otherRole = held(client, "--role", "deployer");

        assertThat(renewedToken.out()).isEqualTo(first.out());
        assertThat(Stream.of(first, another, longer, otherRole).map(Run::out).distinct())
                .hasSize(4)
                .allMatch(out -> out.startsWith("{"));
    }

    @Test
    void heldSession_withLessLeftThanNeeded_isNotGiven() {
        Client client = client(Shell.DASH);
        answerDifferently();
        held(client);

        Run enough = held(client, "--min-remaining", "3500");
        Run more = held(client, "--min-remaining", "3601");

        assertThat(enough.code()).isZero();
        assertThat(more.code()).as(more.err()).isZero();
        assertThat(enough.out()).isNotEqualTo(more.out());
        assertThat(broker.requests(CREDENTIALS)).hasSize(2);
    }

    @Test
    void state_thatOthersMayEnterOrThatIsALink_isRefused() throws IOException {
        Client client = client(Shell.DASH);
        Files.createDirectories(client.state());
        Files.setPosixFilePermissions(client.state(), PosixFilePermissions.fromString("rwxr-x---"));
        Run open = get(client).end();
        Files.move(client.state(), home.resolve("elsewhere"));
        Files.setPosixFilePermissions(home.resolve("elsewhere"), PosixFilePermissions.fromString("rwx------"));
        Files.createSymbolicLink(client.state(), home.resolve("elsewhere"));
        Run link = get(client).end();

        assertThat(List.of(open, link)).allSatisfy(run -> {
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("of your own");
        });
        assertThat(broker.requests(CREDENTIALS)).isEmpty();
    }

    @Test
    void heldSession_thatIsALink_isNotRead() throws IOException {
        Client client = client(Shell.DASH);
        held(client);
        Path file = client.state().resolve(client.files().getFirst());
        Files.move(file, home.resolve("elsewhere"));
        Files.createSymbolicLink(file, home.resolve("elsewhere"));

        held(client);

        assertThat(broker.requests(CREDENTIALS)).hasSize(2);
        assertThat(file).isRegularFile();
        assertThat(Files.isSymbolicLink(file)).isFalse();
    }

    @Test
    void get_withoutAPlaceForState_asksForItself() {
        Client client = client(Shell.DASH).with("HOME", "").with("TMPDIR", home.toString());

        Run run = get(client).end();

        assertThat(run.code()).as(run.err()).isZero();
        assertThat(home.toFile().list((_, name) -> name.startsWith("credential-broker")))
                .isEmpty();
    }
}
