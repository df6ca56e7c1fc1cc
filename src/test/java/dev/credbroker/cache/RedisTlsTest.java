package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.AuthorityFile;
import dev.credbroker.configuration.ServerCertificate;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import dev.credbroker.simulator.TestClock;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real server that speaks TLS, as 127.0.0.1. */
@Timeout(60)
class RedisTlsTest {

    @TempDir
    private static Path folder;

    private static ServerCertificate certificate;
    private static RedisServer redis;

    private final TestClock clock = new TestClock();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SessionKey alice = Plans.webIdentity().subject("alice").plan().key();
    private final HeldSession session = Sealing.session("ASIATEST1", clock.instant(), Duration.ofHours(1));

    @BeforeAll
    static void start() throws Exception {
        certificate = ServerCertificate.make(folder.resolve("server"), "ip:127.0.0.1");
        redis = RedisServer.startSecured(folder, certificate);
    }

    @AfterAll
    static void end() throws Exception {
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void store_whoseCertificateIsVouchedFor_isShared() throws Exception {
        try (SharedStore store = store("rediss://127.0.0.1", certificate)) {
            store.put(alice, session);

            assertThat(store.find(alice, _ -> true)).contains(session);
        }
    }

    @Test
    void store_thatNobodyVouchesFor_isAMiss() throws Exception {
        try (SharedStore trusted = store("rediss://127.0.0.1", certificate);
                SharedStore store =
                        store("rediss://127.0.0.1", ServerCertificate.make(folder.resolve("other"), "ip:127.0.0.1"))) {
            trusted.put(alice, session);

            assertThat(store.find(alice, _ -> true)).isEmpty();
        }
    }

    /** Of the right authority, but for another name. */
    @Test
    void store_underAnotherNameThanItsCertificates_isAMiss() throws Exception {
        try (SharedStore trusted = store("rediss://127.0.0.1", certificate);
                SharedStore store = store("rediss://localhost", certificate)) {
            trusted.put(alice, session);

            assertThat(store.find(alice, _ -> true)).isEmpty();
        }
    }

    @Test
    void store_thatSpeaksTlsWhereNoneIsExpected_isAMiss() throws Exception {
        try (SharedStore store = store("redis://127.0.0.1", certificate)) {
            assertThat(store.find(alice, _ -> true)).isEmpty();
        }
    }

    private SharedStore store(String address, ServerCertificate authority) throws Exception {
        RedisAddress place = RedisAddress.parse(address + ":" + redis.port());
        RedisSettings settings = new RedisSettings(
                place,
                place.secure() ? Optional.of(AuthorityFile.trust(authority.certificate())) : Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(Replicas.KEY),
                "credential-broker:",
                // Much more than is ever needed, so that a miss is for what it should be for.
                Duration.ofSeconds(10),
                1);
        return RedisSharedStore.open(
                settings, threads, Waiting.really(), clock, new TestTicker(), new SimpleMeterRegistry());
    }
}
