package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class JwtCheckerPropertyTest {

    private static final TestGate GATE = new TestGate(TestKey.RSA, TestKey.EC, TestKey.ED);
    private static final List<String> VALID = List.of(
            GATE.token(TestKey.RSA).text(),
            GATE.token(TestKey.EC).text(),
            GATE.token(TestKey.ED).text());

    @BeforeContainer
    static void validTwins_areGenuine() {
        VALID.forEach(GATE::assertGenuine);
    }

    @AfterContainer
    static void close() {
        GATE.close();
    }

    @Property
    void check_anyText_isRejected(@ForAll String text) {
        assertThat(GATE.check(text)).isInstanceOf(JwtCheck.Rejected.class);
    }

    /** No second spelling of a genuine token is genuine. */
    @Property(tries = 3000)
    void check_oneCharacterChanged_isNeverGenuine(
            @ForAll("tokens") String token, @ForAll @IntRange(max = 2000) int at, @ForAll("characters") char other) {
        int index = at % token.length();
        String changed = token.substring(0, index) + other + token.substring(index + 1);

        assertThat(GATE.check(changed) instanceof JwtCheck.Genuine).isEqualTo(changed.equals(token));
    }

    @Property
    void check_oneCharacterMoreOrLess_isNeverGenuine(
            @ForAll("tokens") String token, @ForAll @IntRange(max = 2000) int at, @ForAll("characters") char more) {
        int index = at % token.length();

        assertThat(GATE.check(token.substring(0, index) + more + token.substring(index)))
                .isNotInstanceOf(JwtCheck.Genuine.class);
        assertThat(GATE.check(token.substring(0, index) + token.substring(index + 1)))
                .isNotInstanceOf(JwtCheck.Genuine.class);
    }

    /** Whatever a trusted issuer signs, the GATE answers and does not throw. */
    @Property
    void check_anySignedClaims_isAnswered(@ForAll String name, @ForAll String text, @ForAll long number) {
        TestToken token =
                GATE.token().with("x" + name, text).with("y" + name, number).with("sub", text);

        assertThat(GATE.check(token)).isNotNull();
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.of(VALID);
    }

    @Provide
    Arbitrary<Character> characters() {
        return Arbitraries.oneOf(
                Arbitraries.chars().alpha().numeric(),
                Arbitraries.of('.', '-', '_', '=', '+', '/', ' ', '\n', '\u0000'));
    }
}
