package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.flaw;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.secret.Secret;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AttackTest {

    private static final Target TARGET = new Target(TrustedProvider.IDP, TrustedProvider::response);
    private static final AssertionChecker CHECKER = TrustedProvider.checker(NOW, "signature", "response-or-assertion");

    static Stream<Attack> attacks() {
        return Attacks.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void attack_isSeenByItsCheckAndItsTwinByNone(Attack attack) {
        int connections = Bait.connections();

        assertThat(judged(attack.twin(TARGET))).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(flaw(judged(attack.on(TARGET)))).isEqualTo(attack.reason());
        assertThat(Bait.connections()).isEqualTo(connections);
    }

    private static AssertionCheck judged(String samlResponse) {
        return CHECKER.check(Secret.of(samlResponse));
    }
}
