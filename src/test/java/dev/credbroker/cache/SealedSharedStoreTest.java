package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.cache.InMemoryWire.Trouble;
import dev.credbroker.cache.Lease.Gained;
import dev.credbroker.cache.Lease.Taken;
import dev.credbroker.cache.Lease.Unknown;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class SealedSharedStoreTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private final Replicas world = new Replicas();
    private final InMemoryWire wire = world.wire;
    private final SealedSharedStore store = world.store(Replicas.KEY);
    private final SessionKey alice = Plans.webIdentity().subject("alice").plan().key();
    private final SessionKey bob = Plans.webIdentity().subject("bob").plan().key();
    private final HeldSession session = Sealing.session("ASIATEST1", world.clock.instant(), AN_HOUR);

    @AfterEach
    void end() {
        world.close();
    }

    @Test
    void find_whatAnotherReplicaPut_isTheSession() {
        store.put(alice, session);

        assertThat(find(world.store(Replicas.KEY), alice)).contains(session);
        assertThat(world.count("put", "done")).isOne();
        assertThat(world.count("find", "hit")).isOne();
    }

    @Test
    void find_whatNobodyPut_isNothing() {
        store.put(alice, session);

        assertThat(find(store, bob)).isEmpty();
        assertThat(world.count("find", "miss")).isOne();
    }

    @Test
    void find_onceTheSessionHasEnded_isNothing() {
        store.put(alice, session);
        world.pass(AN_HOUR);

        assertThat(find(store, alice)).isEmpty();
        assertThat(world.contents()).isEmpty();
    }

    @Test
    void put_whatHasEnded_isNotPut() {
        world.pass(AN_HOUR);
        store.put(alice, session);

        assertThat(world.contents()).isEmpty();
        assertThat(wire.commands()).isZero();
    }

    @Test
    void find_whatIsNotBelievable_isNothingAndIsCountedByItself() {
        store.put(alice, session);

        assertThat(store.find(alice, _ -> false)).isEmpty();
        assertThat(world.count("find", "outdated")).isOne();
    }

    @Test
    void find_whatWasRemoved_isNothing() {
        store.put(alice, session);
        store.remove(alice);

        assertThat(find(store, alice)).isEmpty();
    }

    @Test
    void store_asSeenFromOutside_showsNeitherWhoNorWhat() {
        store.put(alice, session);
        store.lease(alice);

        Map<String, byte[]> seen = world.contents();

        assertThat(seen).hasSize(2);
        assertThat(seen.keySet()).noneMatch(name -> name.contains(alice.toString()));
        assertThat(seen.values())
                .map(bytes -> new String(bytes, StandardCharsets.ISO_8859_1))
                .noneMatch(text -> text.contains("ASIATEST1") || text.contains("secret") || text.contains("alice"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void find_whatIsForged_isNothingAndIsCountedByItself(String name, UnaryOperator<byte[]> forge) {
        store.put(alice, session);
        wire.plant(world.name(alice), forge.apply(world.entry(alice)));

        assertThat(find(store, alice)).isEmpty();
        assertThat(world.count("find", "forged")).isOne();
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                forgery("a text", _ -> "hello".getBytes(StandardCharsets.US_ASCII)),
                forgery("a byte", _ -> new byte[1]),
                forgery("a bit of the version flipped", entry -> flipped(entry, 0)),
                forgery("a bit of the id flipped", entry -> flipped(entry, 2)),
                forgery("a bit of the nonce flipped", entry -> flipped(entry, 9)),
                forgery("a bit of the session flipped", entry -> flipped(entry, entry.length / 2)),
                forgery("a bit of the tag flipped", entry -> flipped(entry, entry.length - 1)),
                forgery("cut short", entry -> Arrays.copyOf(entry, entry.length - 1)),
                forgery("a byte longer", entry -> Arrays.copyOf(entry, entry.length + 1)),
                forgery("very long", entry -> Arrays.copyOf(entry, 10_000_000)),
                forgery(
                        "sealed by a stranger for the same session",
                        _ -> Sealing.sealer(Sealing.key("2026-a", 666))
                                .seal(
                                        Plans.webIdentity()
                                                .subject("alice")
                                                .plan()
                                                .key(),
                                        Sealing.session("ASIAFORGED", TestClock.START, AN_HOUR))));
    }

    private static Arguments forgery(String name, UnaryOperator<byte[]> forge) {
        return Arguments.of(name, forge);
    }

    private static byte[] flipped(byte[] entry, int index) {
        byte[] forged = entry.clone();
        forged[index] ^= 1;
        return forged;
    }

    @Test
    void find_whatWasPutInAnothersPlace_isNothing() {
        store.put(alice, session);
        store.put(bob, Sealing.session("ASIABOB", world.clock.instant(), AN_HOUR));
        byte[] ofAlice = world.entry(alice);
        wire.plant(world.name(alice), world.entry(bob));
        wire.plant(world.name(bob), ofAlice);

        assertThat(find(store, alice)).isEmpty();
        assertThat(find(store, bob)).isEmpty();
        assertThat(world.count("find", "forged")).isEqualTo(2);
    }

    @Test
    void find_duringRotation_isTheNewestOfAllKeys() {
        SealingKey next = Sealing.key("2026-b", 2);
        store.put(alice, session);
        SealedSharedStore rotated = world.store(next, Replicas.KEY);
        assertThat(find(rotated, alice)).contains(session);

        world.pass(Duration.ofMinutes(1));
        HeldSession newer = Sealing.session("ASIANEW", world.clock.instant(), AN_HOUR);
        rotated.put(alice, newer);

        assertThat(find(rotated, alice)).contains(newer);
        assertThat(find(world.store(Replicas.KEY, next), alice)).contains(newer);
        assertThat(find(store, alice)).contains(session);
    }

    @Test
    void remove_duringRotation_isUnderAllKeys() {
        SealingKey next = Sealing.key("2026-b", 2);
        store.put(alice, session);
        SealedSharedStore rotated = world.store(next, Replicas.KEY);
        rotated.put(alice, session);

        rotated.remove(alice);

        assertThat(world.contents()).isEmpty();
    }

    @Test
    void lease_whileAnotherHasIt_isTaken() {
        assertThat(store.lease(alice)).isInstanceOf(Gained.class);

        assertThat(world.store(Replicas.KEY).lease(alice)).isEqualTo(new Taken());
        assertThat(store.lease(bob)).isInstanceOf(Gained.class);
        assertThat(world.count("lease", "done")).isEqualTo(2);
        assertThat(world.count("lease", "taken")).isOne();
    }

    @Test
    void lease_onceGivenBack_isGained() {
        release(store.lease(alice));

        assertThat(store.lease(alice)).isInstanceOf(Gained.class);
    }

    @Test
    void lease_thatNobodyGivesBack_endsAfterTenSeconds() {
        store.lease(alice);

        world.pass(Duration.ofSeconds(10).minusNanos(1));
        assertThat(store.lease(alice)).isEqualTo(new Taken());
        world.pass(Duration.ofNanos(1));
        assertThat(store.lease(alice)).isInstanceOf(Gained.class);
    }

    @Test
    void lease_thatIsAnothersByNow_isNotGivenBackByItsFormerHolder() {
        Lease former = store.lease(alice);
        world.pass(Duration.ofSeconds(10));
        store.lease(alice);

        release(former);

        assertThat(store.lease(alice)).isEqualTo(new Taken());
    }

    @ParameterizedTest
    @EnumSource(names = {"DOWN", "STUCK", "BROKEN"})
    void everything_ofAStoreInTrouble_isNothing(Trouble trouble) {
        store.put(alice, session);
        wire.fallInto(trouble);

        assertThat(find(world.store(Replicas.KEY), alice)).isEmpty();
        assertThat(world.store(Replicas.KEY).lease(alice)).isEqualTo(new Unknown());
        world.store(Replicas.KEY).put(bob, session);
        world.store(Replicas.KEY).remove(bob);

        assertThat(world.count("find", trouble == Trouble.STUCK ? "timeout" : "error"))
                .isOne();
        assertThat(world.waiting.limits).containsOnly(Duration.ofMillis(50));
    }

    @Test
    void command_ofAStoreThatIsStuck_isInterrupted() throws InterruptedException {
        wire.fallInto(Trouble.STUCK);
        world.waiting.endless(() -> {
            while (wire.commands() == 0) {
                Thread.onSpinWait();
            }
            return true;
        });

        find(store, alice);

        wire.interrupted.await();
    }

    @Test
    void store_withoutRoom_stillGivesWhatItHas() {
        store.put(alice, session);
        wire.fallInto(Trouble.REFUSES_WRITES);

        store.put(bob, session);

        assertThat(store.lease(bob)).isEqualTo(new Unknown());
        assertThat(find(store, alice)).contains(session);
        assertThat(find(store, bob)).isEmpty();
    }

    private static Optional<HeldSession> find(SharedStore store, SessionKey key) {
        return store.find(key, _ -> true);
    }

    private static void release(Lease lease) {
        assertThat(lease)
                .isInstanceOfSatisfying(Gained.class, gained -> gained.release().run());
    }
}
