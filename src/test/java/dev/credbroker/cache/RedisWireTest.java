package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.credbroker.cache.StoreTrouble.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the words of a server that may say anything. */
@Timeout(30)
class RedisWireTest {

    private static final long MUCH_TOO_MUCH = 1L << 28;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void read_ofTwoNames_isWhatIsUnderEach() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying("$3\r\none\r\n$0\r\n\r\n")) {
            assertThat(wire(server).read(List.of("a", "b"), 10))
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .containsExactly("one", "");
        }
    }

    @Test
    void read_asItIsSaid_asksForNoMoreThanMayBe() throws Exception {
        CompletableFuture<String> heard = new CompletableFuture<>();
        try (ScriptedServer server = new ScriptedServer((_, in, out) -> {
            byte[] bytes = new byte[1000];
            heard.complete(new String(bytes, 0, in.read(bytes), StandardCharsets.US_ASCII));
            out.write("$-1\r\n".getBytes(StandardCharsets.US_ASCII));
        })) {
            wire(server).read(List.of("name"), 10);

            assertThat(heard.get()).isEqualTo("*4\r\n$8\r\nGETRANGE\r\n$8\r\ntry:name\r\n$1\r\n0\r\n$1\r\n9\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-OOM no room, REFUSED",
        "-NOAUTH, REFUSED",
        "-WRONGTYPE, REFUSED",
        ":1, BROKEN",
        "+OK, BROKEN",
        "*1, BROKEN",
        "$11, BROKEN",
        "$536870912, BROKEN",
        "HTTP/1.1 400 Bad Request, BROKEN",
    })
    void read_ofAServerThatSaysOtherThings_isTrouble(String said, Kind kind) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(said + "\r\n")) {
            RedisWire wire = wire(server);

            assertThatExceptionOfType(StoreTrouble.class)
                    .isThrownBy(() -> wire.read(List.of("name"), 10))
                    .matches(trouble -> trouble.kind() == kind)
                    .withMessage(kind.name());
        }
    }

    @ParameterizedTest
    @CsvSource({"+OK, true", "$-1, false"})
    void claim_ofAName_isWhetherTheServerTookIt(String said, boolean gained) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(said + "\r\n")) {
            assertThat(wire(server).claim("name", "token", Duration.ofSeconds(10)))
                    .isEqualTo(gained);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {":1", "$2\r\nOK"})
    void claim_thatIsAnsweredOtherwise_isTrouble(String said) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(said + "\r\n")) {
            RedisWire wire = wire(server);

            assertThatExceptionOfType(StoreTrouble.class)
                    .isThrownBy(() -> wire.claim("name", "token", Duration.ofSeconds(10)));
        }
    }

    @Test
    void everyCommand_thatIsRefused_isTrouble() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, in, out) -> {
            while (ScriptedServer.heard(in) > 0) {
                out.write("-READONLY\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        })) {
            RedisWire wire = wire(server);

            assertThatExceptionOfType(StoreTrouble.class)
                    .isThrownBy(() -> wire.write("name", new byte[1], Duration.ofSeconds(1)));
            assertThatExceptionOfType(StoreTrouble.class).isThrownBy(() -> wire.delete(List.of("name")));
            assertThatExceptionOfType(StoreTrouble.class).isThrownBy(() -> wire.giveUp("name", "token"));
            assertThatExceptionOfType(StoreTrouble.class)
                    .isThrownBy(() -> wire.claim("name", "token", Duration.ofSeconds(1)));
            // A refusal is an answer: the connection is as good as before.
            assertThat(server.connections).hasValue(1);
        }
    }

    /** Once at rest, a connection may die without a sign. */
    @Test
    void command_onAConnectionThatHasDied_isMadeOnANewOne() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying("$3\r\none\r\n")) {
            RedisWire wire = wire(server);
            wire.read(List.of("name"), 10);

            assertThat(wire.read(List.of("name"), 10)).hasSize(1);
            assertThat(server.connections).hasValue(2);
        }
    }

    @Test
    void command_toAServerThatAlwaysHangsUp_isTriedTwice() throws Exception {
        try (ScriptedServer server = new ScriptedServer((_, in, _) -> ScriptedServer.heard(in))) {
            RedisWire wire = wire(server);

            assertThatExceptionOfType(StoreTrouble.class)
                    .isThrownBy(() -> wire.read(List.of("name"), 10))
                    .matches(trouble -> trouble.kind() == Kind.BROKEN);
            assertThat(server.connections).hasValue(2);
        }
    }

    /** What it said unasked would be taken for the answer to the next question. */
    @Test
    void connection_onWhichTheServerSpokeUnasked_isNotUsedAgain() throws Exception {
        CountDownLatch spoken = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((number, in, out) -> {
            ScriptedServer.heard(in);
            out.write("$3\r\none\r\n".getBytes(StandardCharsets.US_ASCII));
            if (number == 1) {
                out.write("$6\r\nforged\r\n".getBytes(StandardCharsets.US_ASCII));
                spoken.countDown();
            }
            ScriptedServer.heard(in);
        })) {
            RedisWire wire = wire(server);
            wire.read(List.of("name"), 10);
            spoken.await();

            assertThat(wire.read(List.of("name"), 10))
                    .map(bytes -> new String(bytes, StandardCharsets.US_ASCII))
                    .containsExactly("one");
        }
    }

    /** It fills its own buffers, and those of the two machines' systems: not the memory of the broker. */
    @Test
    void connection_onWhichTheServerTalksWithoutEnd_isReadNoFurther() throws Exception {
        byte[] much = new byte[1 << 16];
        AtomicLong said = new AtomicLong();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((number, in, out) -> {
            ScriptedServer.heard(in);
            out.write("$3\r\none\r\n".getBytes(StandardCharsets.US_ASCII));
            try {
                while (number == 1 && said.get() < MUCH_TOO_MUCH) {
                    out.write(much);
                    said.addAndGet(much.length);
                    begun.countDown();
                }
            } finally {
                if (number == 1) {
                    over.countDown();
                }
            }
            ScriptedServer.heard(in);
        })) {
            RedisWire wire = wire(server);
            wire.read(List.of("name"), 10);
            begun.await();

            assertThat(wire.read(List.of("name"), 10)).hasSize(1);

            over.await();
            assertThat(said).hasValueLessThan(MUCH_TOO_MUCH);
        }
    }

    @Test
    void command_thatIsInterrupted_isNotMadeAndItsConnectionIsClosed() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch hungUp = new CountDownLatch(1);
        try (ScriptedServer server = new ScriptedServer((number, in, _) -> {
            ScriptedServer.heard(in);
            asked.countDown();
            if (ScriptedServer.heard(in) < 0) {
                hungUp.countDown();
            }
        })) {
            RedisWire wire = wire(server);
            Future<?> command = threads.submit(() -> wire.read(List.of("name"), 10));
            asked.await();

            command.cancel(true);

            hungUp.await();
        }
    }

    @Test
    void command_whereNobodyListens_isTroubleAtOnce() throws Exception {
        ScriptedServer server = ScriptedServer.saying("");
        server.close();
        RedisWire wire = wire(server);

        assertThatExceptionOfType(StoreTrouble.class)
                .isThrownBy(() -> wire.read(List.of("name"), 10))
                .matches(trouble -> trouble.kind() == Kind.BROKEN);
    }

    private RedisWire wire(ScriptedServer server) {
        RedisSettings settings = new RedisSettings(
                server.address(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Replicas.KEY),
                "try:",
                Duration.ofMillis(50),
                1);
        return new RedisWire(
                new RespConnections(() -> RespConnection.open(settings), settings.connections(), threads),
                settings.prefix());
    }
}
