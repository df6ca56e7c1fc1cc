package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialSealerTest {

    private final SealingKey first = Sealing.key("2026-a", 1);
    private final CredentialSealer sealer = Sealing.sealer(first);
    private final SessionKey alice = Plans.webIdentity().subject("alice").plan().key();
    private final SessionKey bob = Plans.webIdentity().subject("bob").plan().key();
    private final HeldSession session = Sealing.session(
            "ASIATEST1", TestClock.START.plusNanos(1), Duration.ofMinutes(50).minusNanos(1));

    @Test
    void open_whatWasSealed_isTheSession() {
        assertThat(sealer.open(alice, 0, sealer.seal(alice, session))).contains(session);
    }

    @Test
    void open_aCurtailedSession_isCurtailed() {
        HeldSession curtailed = new HeldSession(session.credentials(), session.lifetime(), true);

        assertThat(sealer.open(alice, 0, sealer.seal(alice, curtailed))).contains(curtailed);
    }

    @Test
    void seal_twice_isNeverTheSame() {
        Set<String> seen = new HashSet<>();

        for (int i = 0; i < 100; i++) {
            assertThat(seen.add(new String(sealer.seal(alice, session), StandardCharsets.ISO_8859_1)))
                    .isTrue();
        }
    }

    @Test
    void seal_anything_showsNothingOfIt() {
        String entry = new String(sealer.seal(alice, session), StandardCharsets.ISO_8859_1);

        assertThat(entry)
                .doesNotContain("ASIATEST1", "secret", "token", "Version")
                .contains("2026-a");
    }

    @Test
    void open_anothersEntry_isNothing() {
        assertThat(sealer.open(bob, 0, sealer.seal(alice, session))).isEmpty();
    }

    @Test
    void open_withAnyBitFlipped_isNothing() {
        byte[] entry = sealer.seal(alice, session);

        for (int bit = 0; bit < entry.length * Byte.SIZE; bit++) {
            byte[] forged = entry.clone();
            forged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertThat(sealer.open(alice, 0, forged)).as("bit %d", bit).isEmpty();
        }
    }

    @Test
    void open_cutShortAnywhere_isNothing() {
        byte[] entry = sealer.seal(alice, session);

        for (int length = 0; length < entry.length; length++) {
            assertThat(sealer.open(alice, 0, Arrays.copyOf(entry, length)))
                    .as("length %d", length)
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 16, CredentialSealer.LONGEST_ENTRY})
    void open_withMoreBehindIt_isNothing(int more) {
        byte[] entry = sealer.seal(alice, session);

        assertThat(sealer.open(alice, 0, Arrays.copyOf(entry, entry.length + more)))
                .isEmpty();
    }

    @Test
    void open_atTheLongestAndBeyond_isTheSessionAndNothing() {
        int overhead = sealer.seal(alice, ofSize(0)).length;
        HeldSession longest = ofSize(CredentialSealer.LONGEST_ENTRY - overhead);
        HeldSession longer = ofSize(CredentialSealer.LONGEST_ENTRY - overhead + 1);

        assertThat(sealer.seal(alice, longest)).hasSize(CredentialSealer.LONGEST_ENTRY);
        assertThat(sealer.open(alice, 0, sealer.seal(alice, longest))).contains(longest);
        assertThat(sealer.open(alice, 0, sealer.seal(alice, longer))).isEmpty();
    }

    /** Of another id, though the secret is the same; and of the same id, though the secret is another. */
    @Test
    void open_whatAnotherKeySealed_isNothing() {
        assertThat(sealer.open(
                        alice, 0, Sealing.sealer(Sealing.key("2026-b", 1)).seal(alice, session)))
                .isEmpty();
        assertThat(sealer.open(
                        alice, 0, Sealing.sealer(Sealing.key("2026-a", 2)).seal(alice, session)))
                .isEmpty();
    }

    @Test
    void open_afterRotation_isTheSessionUnderTheOlderKeysName() {
        CredentialSealer rotated = Sealing.sealer(Sealing.key("2026-b", 2), first);
        byte[] old = sealer.seal(alice, session);

        assertThat(rotated.names(alice).get(1)).isEqualTo(sealer.names(alice).getFirst());
        assertThat(rotated.open(alice, 1, old)).contains(session);
        assertThat(rotated.open(alice, 0, old)).isEmpty();
    }

    @Test
    void seal_afterRotation_isByTheFirstKey() {
        CredentialSealer rotated = Sealing.sealer(Sealing.key("2026-b", 2), first);

        byte[] entry = rotated.seal(alice, session);

        assertThat(rotated.open(alice, 0, entry)).contains(session);
        assertThat(sealer.open(alice, 0, entry)).isEmpty();
    }

    @Test
    void names_ofSessionsKeysAndLeases_areAllDifferent() {
        CredentialSealer other = Sealing.sealer(Sealing.key("2026-a", 2));

        List<String> names = List.of(
                sealer.names(alice).getFirst(),
                sealer.names(bob).getFirst(),
                sealer.leaseName(alice),
                sealer.leaseName(bob),
                other.names(alice).getFirst(),
                other.leaseName(alice));

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[A-Za-z0-9_-]{43}"));
        assertThat(sealer.names(alice)).isEqualTo(sealer.names(alice));
    }

    @Test
    void names_ofASession_doNotShowItsKey() {
        assertThat(sealer.names(alice).getFirst()).doesNotContain(alice.toString());
    }

    private HeldSession ofSize(int characters) {
        Secret json = Secret.of("x".repeat(characters));
        return new HeldSession(
                new CredentialDocument("ASIATEST1", json, TestClock.START.plusSeconds(3000)),
                Duration.ofSeconds(3000),
                false);
    }
}
