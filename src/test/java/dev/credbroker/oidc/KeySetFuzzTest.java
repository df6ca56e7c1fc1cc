package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import java.util.List;
import java.util.Map;

/** A document is no key set, or one of which only good public keys are taken, each under its own id. */
class KeySetFuzzTest {

    private static final KeySetReader READER = new KeySetReader(List.of(JwsAlgorithm.values()));

    @FuzzTest
    void read_anyDocument_givesGoodKeysOrNone(byte[] document) {
        Cost.bounded(() -> read(document)).forEach((id, key) -> {
            assertThat(key.id()).isEqualTo(id).hasSizeBetween(1, 256);
            assertThat(KeyQuality.good(key.key())).isTrue();
            assertThat(key.algorithm().suits(key.key())).isTrue();
        });
    }

    private static Map<String, VerificationKey> read(byte[] document) {
        try {
            return READER.read(document);
        } catch (KeysFetchException e) {
            assertThat(e.failure()).isEqualTo(KeysFailure.NOT_A_KEY_SET);
            return Map.of();
        }
    }
}
