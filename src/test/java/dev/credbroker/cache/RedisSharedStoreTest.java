package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.cache.Given.Source;
import dev.credbroker.cache.Lease.Gained;
import dev.credbroker.cache.Lease.Taken;
import dev.credbroker.cache.SharedStore.State;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.sts.ScriptedExchange;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Redis server, which is killed, frozen, emptied, filled up and tampered with. */
@Timeout(60)
class RedisSharedStoreTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    /** Much more than is ever needed: what is expected must not depend on how busy the machine is. */
    private static final Duration GENEROUS = Duration.ofSeconds(5);

    /** For a server that never answers; that it is exactly this is StoreGuardTest's to show. */
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    Path directory;

    private final TestClock clock = new TestClock();
    private final TestTicker pauses = new TestTicker();
    private final ScriptedExchange sts = new ScriptedExchange(clock);
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<SharedStore> stores = new ArrayList<>();
    private final SessionPlan alice = Plans.webIdentity().subject("alice").plan();
    private final SessionPlan bob = Plans.webIdentity().subject("bob").plan();
    private final HeldSession session = Sealing.session("ASIATEST1", clock.instant(), AN_HOUR);
    private RedisServer redis;

    @BeforeEach
    void start() throws IOException {
        redis = RedisServer.start(directory);
    }

    @AfterEach
    void end() throws Exception {
        stores.forEach(SharedStore::close);
        threads.shutdownNow();
        if (redis != null) {
            redis.close();
        }
    }

    @Test
    void find_whatAnotherReplicaPut_isTheSession() throws IOException {
        store().put(alice.key(), session);

        assertThat(find(store(), alice.key())).contains(session);
        assertThat(find(store(), bob.key())).isEmpty();
        assertThat(redis.names()).hasSize(1).allMatch(name -> name.matches("credential-broker:[A-Za-z0-9_-]{43}"));
    }

    @Test
    void put_aSession_isKeptUntilItEnds() throws IOException {
        store().put(alice.key(), session);

        String life = redis.command("PTTL", redis.names().getFirst());

        assertThat(Long.parseLong(life.substring(1, life.indexOf('\r'))))
                .isBetween(AN_HOUR.toMillis() - 60_000, AN_HOUR.toMillis());
    }

    @Test
    void put_aLargeSession_isFound() {
        HeldSession large = new HeldSession(
                new CredentialDocument(
                        "ASIALARGE",
                        Secret.of("x".repeat(60_000)),
                        clock.instant().plus(AN_HOUR)),
                AN_HOUR,
                false);
        store().put(alice.key(), large);

        assertThat(find(store(), alice.key())).contains(large);
    }

    @Test
    void remove_whatIsThere_isGone() throws IOException {
        SharedStore store = store();
        store.put(alice.key(), session);

        store.remove(alice.key());

        assertThat(redis.names()).isEmpty();
    }

    @Test
    void lease_isOneReplicasUntilItGivesItBack() throws IOException {
        Lease lease = store().lease(alice.key());
        assertThat(store().lease(alice.key())).isEqualTo(new Taken());
        String life = redis.command("PTTL", redis.names().getFirst());

        assertThat(Long.parseLong(life.substring(1, life.indexOf('\r')))).isBetween(1L, 10_000L);
        assertThat(lease)
                .isInstanceOfSatisfying(Gained.class, gained -> gained.release().run());
        assertThat(store().lease(alice.key())).isInstanceOf(Gained.class);
    }

    @Test
    void lease_thatIsAnothersByNow_isNotGivenBackByItsFormerHolder() throws IOException {
        Lease former = store().lease(alice.key());
        redis.command("FLUSHALL");
        store().lease(alice.key());

        assertThat(former)
                .isInstanceOfSatisfying(Gained.class, gained -> gained.release().run());

        assertThat(store().lease(alice.key())).isEqualTo(new Taken());
    }

    @Test
    void obtain_byAHundredOnTwoColdReplicas_isOneExchange() throws InterruptedException {
        CredentialCache one = replica();
        CredentialCache other = replica();
        sts.hold();
        Callers callers = new Callers(one).ask(50, alice);
        Callers others = new Callers(other).ask(50, alice);

        sts.awaitArrival();
        callers.awaitAllWaiting();
        others.awaitAllWaiting();
        sts.release();

        assertThat(callers.answers()).hasSize(50);
        assertThat(others.answers())
                .hasSize(50)
                .extracting(Given::session)
                .containsOnly(callers.answers().getFirst().session());
        assertThat(sts.calls()).isOne();
    }

    @Test
    void obtain_byFiveReplicasForTenPeople_isTenExchanges() {
        for (int replica = 0; replica < 5; replica++) {
            CredentialCache cache = replica();
            for (int person = 0; person < 10; person++) {
                cache.obtain(Plans.webIdentity().subject("person-" + person).plan());
            }
        }

        assertThat(sts.calls()).isEqualTo(10);
    }

    @Test
    void obtain_afterARollingRestart_asksStsNothing() {
        replica().obtain(alice);

        assertThat(replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
        assertThat(sts.calls()).isOne();
    }

    @Test
    void obtain_whatWasSwapped_isNotAnothers() throws IOException {
        CredentialCache one = replica();
        Given ofAlice = one.obtain(alice);
        String first = redis.names().getFirst();
        Given ofBob = one.obtain(bob);
        String second = redis.names().stream()
                .filter(name -> !name.equals(first))
                .findFirst()
                .orElseThrow();
        redis.command("RENAME", first, "aside");
        redis.command("RENAME", second, first);
        redis.command("RENAME", "aside", second);

        CredentialCache other = replica();

        assertThat(other.obtain(alice).session())
                .isNotEqualTo(ofAlice.session())
                .isNotEqualTo(ofBob.session());
        assertThat(other.obtain(bob).source()).isEqualTo(Source.MISS);
        assertThat(count("find", "forged")).isPositive();
    }

    @Test
    void obtain_whatWasForged_isExchangedAnew() throws IOException {
        replica().obtain(alice);
        redis.command("SETRANGE", redis.names().getFirst(), "40", "?");

        assertThat(replica().obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(count("find", "forged")).isPositive();
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
    }

    /** Of another type, and far longer than any entry. */
    @Test
    void obtain_whatIsNoEntryAtAll_isExchangedAnew() throws IOException {
        replica().obtain(alice);
        String name = redis.names().getFirst();
        redis.command("SETRANGE", name, "100000000", "?");
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.MISS);

        redis.command("DEL", name);
        redis.command("LPUSH", name, "1");
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.MISS);
    }

    @Test
    void obtain_afterAnEviction_isExchangedAnewAndShared() throws IOException {
        replica().obtain(alice);
        redis.command("FLUSHALL");

        assertThat(replica().obtain(alice).source()).isEqualTo(Source.MISS);
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
    }

    @Test
    void obtain_withoutRoomInTheStore_isExchangedAlone() throws IOException {
        replica().obtain(alice);
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        redis.command("CONFIG", "SET", "maxmemory", "1");

        assertThat(replica().obtain(bob).source()).isEqualTo(Source.MISS);
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
        assertThat(count("put", "error")).isPositive();
    }

    @Test
    void obtain_whileTheStoreIsDead_isExchangedAloneAndSoon() throws InterruptedException {
        SharedStore store = warm();
        redis.kill();

        long begun = System.nanoTime();
        Given given = replica(store).obtain(alice);

        assertThat(given.source()).isEqualTo(Source.MISS);
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void obtain_onceTheStoreIsBack_isShared() throws Exception {
        SharedStore store = warm();
        redis.kill();
        CredentialCache cache = replica(store);
        cache.obtain(alice);
        redis.startAgain();
        pauses.advance(Duration.ofSeconds(5));

        cache.obtain(bob);

        assertThat(store.state()).isEqualTo(State.REACHABLE);
        assertThat(replica().obtain(bob).source()).isEqualTo(Source.ADOPTED);
    }

    /** The connections that were at rest are dead, which must not cost a session. */
    @Test
    void find_afterARestartOfTheStore_isAnsweredAtOnce() throws Exception {
        SharedStore store = warm();
        redis.kill();
        redis.startAgain();
        store().put(alice.key(), session);

        assertThat(find(store, alice.key())).contains(session);
    }

    @Test
    void obtain_whileTheStoreIsFrozen_isExchangedAloneAndSoon() throws Exception {
        SharedStore store = store(Optional.empty(), Optional.empty(), SHORT);
        redis.freeze();

        long begun = System.nanoTime();
        CredentialCache cache = replica(store);
        assertThat(cache.obtain(alice).source()).isEqualTo(Source.MISS);
        Duration first = Duration.ofNanos(System.nanoTime() - begun);
        for (int i = 0; i < 20; i++) {
            cache.obtain(Plans.webIdentity().subject("person-" + i).plan());
        }

        assertThat(first).isLessThan(Duration.ofSeconds(3));
        assertThat(count("find", "timeout") + count("lease", "timeout") + count("put", "timeout"))
                .isEqualTo(3);
        assertThat(store.state()).isEqualTo(State.UNREACHABLE);
        assertThat(sts.calls()).isEqualTo(21);
    }

    @Test
    void obtain_fromAStoreThatThaws_isShared() throws Exception {
        SharedStore store = warm();
        redis.freeze();
        CompletableFuture<Given> given =
                CompletableFuture.supplyAsync(() -> replica(store).obtain(alice), threads);

        redis.thaw();

        assertThat(given.join().source()).isEqualTo(Source.MISS);
        assertThat(replica().obtain(alice).source()).isEqualTo(Source.ADOPTED);
    }

    @Test
    void store_withTheRightPassword_isShared() throws IOException {
        redis.command("CONFIG", "SET", "requirepass", "correct");

        store(Optional.of("correct")).put(alice.key(), session);

        assertThat(find(store(Optional.of("correct")), alice.key())).contains(session);
    }

    /** The user that docs/replicas.md makes. */
    @Test
    void store_ofAUserWhoMayDoLittle_isSharedWithLeases() throws IOException {
        redis.command(
                "ACL SETUSER credential-broker on >correct ~credential-broker:* resetchannels -@all +getrange +set +del +eval +get"
                        .split(" "));
        SharedStore store = store(Optional.of("credential-broker"), Optional.of("correct"), GENEROUS);

        Given given = replica(store).obtain(alice);

        assertThat(replica(store).obtain(alice).session()).isEqualTo(given.session());
        assertThat(count("lease", "done") + count("put", "done") + count("release", "done"))
                .isEqualTo(3);
        store.remove(alice.key());
        assertThat(find(store, alice.key())).isEmpty();
    }

    @Test
    void store_withTheWrongPassword_isAMiss() throws IOException {
        redis.command("CONFIG", "SET", "requirepass", "correct");

        assertThat(find(store(Optional.of("wrong")), alice.key())).isEmpty();
        assertThat(count("find", "error") + count("find", "timeout")).isOne();
    }

    @Test
    void store_withoutAPasswordWhereOneIsNeeded_isAMiss() throws IOException {
        redis.command("CONFIG", "SET", "requirepass", "correct");

        assertThat(find(store(), alice.key())).isEmpty();
        assertThat(count("find", "error")).isOne();
    }

    private SharedStore store() {
        return store(Optional.empty());
    }

    private SharedStore store(Optional<String> password) {
        return store(Optional.empty(), password, GENEROUS);
    }

    private SharedStore store(Optional<String> username, Optional<String> password, Duration commandTimeout) {
        RedisSettings settings = new RedisSettings(
                RedisAddress.parse("redis://127.0.0.1:" + redis.port()),
                Optional.empty(),
                username,
                password.map(Secret::of),
                List.of(Replicas.KEY),
                "credential-broker:",
                commandTimeout,
                8);
        SharedStore store = RedisSharedStore.open(settings, threads, Waiting.really(), clock, pauses, registry);
        stores.add(store);
        return store;
    }

    /** One with a connection. */
    private SharedStore warm() {
        SharedStore store = store();
        assertThat(find(store, bob.key())).isEmpty();
        return store;
    }

    private CredentialCache replica() {
        return replica(store());
    }

    private CredentialCache replica(SharedStore store) {
        return new CredentialCache(
                sts,
                new SharedFlight(
                        store, clock, Ticker.systemTicker(), Waiting.really(), () -> 0.5, Duration.ofMinutes(1), 1000),
                CacheWorld.USUAL,
                1000,
                Thread::startVirtualThread,
                clock,
                new TestTicker(),
                () -> 0.5,
                Duration.ofMinutes(1));
    }

    private static Optional<HeldSession> find(SharedStore store, SessionKey key) {
        return store.find(key, _ -> true);
    }

    private long count(String command, String result) {
        Timer timer = registry.find(Meters.STORE_COMMANDS)
                .tags(Meters.COMMAND, command, Meters.RESULT, result)
                .timer();
        return timer == null ? 0 : timer.count();
    }
}
