package dev.credbroker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionKey;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Whoever has no key has no entry; and what was sealed by another version is a session or nothing. */
class CredentialSealerFuzzTest {

    private static final CredentialSealer SEALER = Sealing.sealer(Replicas.KEY);
    private static final SessionKey ALICE =
            Plans.webIdentity().subject("alice").plan().key();

    /** @param bytes an entry, or what was sealed in one */
    @FuzzTest
    void open_anyBytes_isNothing(byte[] bytes) {
        assertThat(Cost.bounded(() -> SEALER.open(ALICE, 0, bytes))).isEmpty();

        Optional<HeldSession> session = Cost.bounded(() -> SessionBytes.read(bytes));
        session.ifPresent(read -> assertThat(read.credentials().expiration().getEpochSecond())
                .isEqualTo(ByteBuffer.wrap(bytes).getLong()));
    }
}
