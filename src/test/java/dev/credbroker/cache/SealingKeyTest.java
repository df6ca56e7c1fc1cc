package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.credbroker.secret.Secret;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SealingKeyTest {

    @Test
    void key_asOpensslWritesIt_isTakenWithItsLineEnd() {
        SealingKey key = new SealingKey("2026-a", Secret.of(Sealing.base64(1) + "\n"));

        assertThat(key).hasToString("2026-a");
        assertThat(key.sealing().getEncoded())
                .hasSize(32)
                .isEqualTo(Sealing.key("other", 1).sealing().getEncoded());
    }

    @Test
    void keys_derivedFromOneSecret_differFromItAndFromEachOther() {
        SealingKey key = Sealing.key("a", 1);
        byte[] secret = Base64.getDecoder().decode(Sealing.base64(1));

        assertThat(key.sealing().getEncoded()).isNotEqualTo(secret);
        assertThat(key.naming().getEncoded())
                .isNotEqualTo(secret)
                .isNotEqualTo(key.sealing().getEncoded());
    }

    /** As {@code openssl kdf} derives it: entries of an earlier version must open in a later one. */
    @Test
    void keys_derivedFromAKnownSecret_areWhatTheyAlwaysWere() {
        SealingKey key = Sealing.key("a", 1);

        assertThat(HexFormat.of().formatHex(key.sealing().getEncoded()))
                .isEqualTo("2122bee826de83cc5e8245ba5823e1f13db4e768a9d5892386ced8269d5d58a0");
        assertThat(HexFormat.of().formatHex(key.naming().getEncoded()))
                .isEqualTo("e1c06b112e37150738c020bf7b042747c2d0f416708733c49a527d70bff3ebc4");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 16, 31, 33, 64})
    void key_ofAnotherLength_isRefusedWithoutBeingQuoted(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 37);
        }
        String base64 = Base64.getEncoder().encodeToString(bytes);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey("a", Secret.of(base64)))
                .withMessageContaining("32 random bytes in base64")
                .matches(
                        e -> base64.isEmpty() || !String.valueOf(e.getMessage()).contains(base64));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void key_ofFewDifferentBytes_isRefused(int different) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey("a", ofDifferent(different)))
                .withMessageContaining("which these are not");
    }

    @Test
    void key_ofNineDifferentBytes_isTaken() {
        assertThat(new SealingKey("a", ofDifferent(9))).hasToString("a");
    }

    @Test
    void key_thatIsNoBase64_isRefusedWithoutBeingQuoted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SealingKey("a", Secret.of("correct horse battery staple!")))
                .withMessageNotContaining("horse")
                .withNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "ä", "a/b", "123456789012345678901234567890123"})
    void id_thatIsNone_isRefused(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sealing.key(id, 1))
                .withMessageStartingWith("an id has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "2026-11_b.c", "12345678901234567890123456789012"})
    void id_ofAFewCharacters_isTaken(String id) {
        assertThat(Sealing.key(id, 1).id()).isEqualTo(id);
    }

    private static Secret ofDifferent(int count) {
        byte[] bytes = new byte[32];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i % count);
        }
        return Secret.of(Base64.getEncoder().encodeToString(Arrays.copyOf(bytes, 32)));
    }
}
