package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JwsAlgorithmTest {

    /** The library throws at it. No key set brings it about, since each key serves the one algorithm that it suits. */
    @Test
    void verifies_withAKeyOfAnotherKind_isFalse() {
        assertThat(JwsAlgorithm.RS256.verifies(TestKey.EC.pair().getPublic(), new byte[] {1}, new byte[64]))
                .isFalse();
    }
}
