package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What it costs to refuse. */
class HostileInputTest {

    private static final Target TARGET = new Target(TrustedProvider.IDP, TrustedProvider::response);

    static Stream<Attack> bombs() {
        return Bombs.all();
    }

    /** The bound is generous, for a busy machine; what it would catch is seconds. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void check_largest_isRejectedSoon(Attack bomb) {
        String encoded = bomb.on(TARGET);
        assertThat(encoded.length()).isLessThanOrEqualTo(Base64Text.LONGEST);
        TrustedProvider.check(encoded, NOW);

        long begun = System.nanoTime();
        AssertionCheck check = TrustedProvider.check(encoded, NOW);
        Duration taken = Duration.ofNanos(System.nanoTime() - begun);

        assertThat(check).isInstanceOf(AssertionCheck.Rejected.class);
        assertThat(taken).isLessThan(Duration.ofMillis(500));
    }
}
