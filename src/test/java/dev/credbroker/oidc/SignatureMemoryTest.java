package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignatureMemoryTest {

    private final TestGate gate = TestGate.remembering(TestKey.RSA);
    private final TestToken token = gate.token();

    @AfterEach
    void close() {
        gate.close();
    }

    @Test
    void check_sameBytesAgain_isTheSameJwtAndNotVerifiedAnew() {
        assertThat(gate.genuine(token)).isSameAs(gate.genuine(token));
    }

    @Test
    void check_aMinuteLater_isVerifiedAnew() {
        CheckedJwt first = gate.genuine(token);

        gate.clock.advance(Duration.ofSeconds(60).minusNanos(1));
        assertThat(gate.genuine(token)).isSameAs(first);
        gate.clock.advance(Duration.ofNanos(1));
        assertThat(gate.genuine(token)).isNotSameAs(first);
    }

    @Test
    void check_keyWithdrawn_isForgottenAtOnce() {
        gate.assertGenuine(token);

        gate.provider.publish(TestKey.EC);
        gate.scheduler.advance(Duration.ofMinutes(16));
        gate.clock.turnTo(TestClock.START);

        assertThat(gate.check(token)).isEqualTo(new JwtCheck.KeysMissing("corp"));
    }

    @Test
    void check_keyReplacedUnderItsId_isVerifiedAnew() {
        gate.assertGenuine(token);

        gate.provider.publish(TestKey.OTHER_RSA.as(TestKey.RSA.id()));
        gate.keys().await("another");
        gate.scheduler.run();

        gate.assertRejected(token, JwtFlaw.SIGNATURE);
    }

    @Test
    void check_rememberedButOver_isExpired() {
        TestToken brief = token.with("exp", TestClock.START.plusSeconds(1));
        gate.assertGenuine(brief);
        gate.clock.advance(Duration.ofSeconds(59));
        gate.assertGenuine(brief);

        TestToken older =
                token.with("iat", TestClock.START.minusSeconds(50)).with("exp", TestClock.START.plusSeconds(1));
        gate.clock.turnTo(TestClock.START.plusSeconds(30));
        gate.assertGenuine(older);
        gate.clock.turnTo(TestClock.START.plusSeconds(61));
        assertThat(gate.check(older)).isEqualTo(new JwtCheck.Expired("corp"));
    }

    @Test
    void check_rememberedButClockPutBack_isRejected() {
        gate.assertGenuine(token);

        gate.clock.turnTo(TestClock.START.minusSeconds(61));

        gate.assertRejected(token, JwtFlaw.ISSUED_AT);
    }

    @Test
    void check_rememberedButKeysTooOld_isUnavailable() {
        SignatureMemory memory = new SignatureMemory(gate.clock, 10_000);
        CheckedJwt jwt = gate.genuine(token);
        gate.clock.advance(IssuerKeys.STALE);

        memory.add(token.secret(), jwt, TestKey.RSA.id(), gate.keys().generation());

        assertThat(gate.check(token)).isNotInstanceOf(JwtCheck.Genuine.class);
    }

    @Test
    void add_moreThanThereIsRoomFor_forgetsTheEldest() {
        CheckedJwt jwt = gate.genuine(token);
        Secret first = Secret.of("token 0");
        SignatureMemory memory = new SignatureMemory(gate.clock, 10 * SignatureMemory.weight(first, jwt));

        for (int i = 0; i < 10; i++) {
            memory.add(Secret.of("token " + i), jwt, "k", 1);
        }
        assertThat(memory.find(first)).isPresent();
        memory.add(Secret.of("token X"), jwt, "k", 1);

        assertThat(memory.find(first)).isEmpty();
        assertThat(memory.find(Secret.of("token 9"))).isPresent();
        assertThat(memory.find(Secret.of("token X"))).isPresent();
    }

    @Test
    void add_aMinuteAfterOthers_hasAllTheRoom() {
        CheckedJwt jwt = gate.genuine(token);
        SignatureMemory memory = new SignatureMemory(gate.clock, 4 * SignatureMemory.weight(Secret.of("token 0"), jwt));

        memory.add(Secret.of("token 0"), jwt, "k", 1);
        gate.clock.advance(Duration.ofSeconds(60));
        for (int i = 1; i <= 4; i++) {
            memory.add(Secret.of("token " + i), jwt, "k", 1);
        }

        assertThat(memory.find(Secret.of("token 1"))).isPresent();
    }

    @Test
    void find_clockPutBackBeforeTheAdding_isForgotten() {
        SignatureMemory memory = new SignatureMemory(gate.clock, 10_000);
        memory.add(token.secret(), gate.genuine(token), "k", 1);

        gate.clock.advance(Duration.ofNanos(-1));

        assertThat(memory.find(token.secret())).isEmpty();
    }

    @Test
    void add_tokenAroundHalfOfTheRoom_isRememberedUpToThere() {
        CheckedJwt jwt = gate.genuine(token);
        long weight = SignatureMemory.weight(token.secret(), jwt);

        assertThat(remembers(2 * weight - 1)).isFalse();
        assertThat(remembers(2 * weight)).isTrue();
        assertThat(remembers(2 * weight + 1)).isTrue();
        assertThat(remembers(0)).isFalse();
    }

    private boolean remembers(long most) {
        SignatureMemory memory = new SignatureMemory(gate.clock, most);
        memory.add(token.secret(), gate.genuine(token), "k", 1);
        return memory.find(token.secret()).isPresent();
    }

    /** They are judged by their time alone, and could only drive out others. */
    @Test
    void check_tokensThatAreOver_takeNoRoom() {
        long weight = SignatureMemory.weight(token.secret(), gate.genuine(token));
        JwtChecker checker = new JwtChecker(gate.issuers, gate.clock, 2 * (weight + 100));
        TestToken over =
                token.with("iat", TestClock.START.minusSeconds(700)).with("exp", TestClock.START.minusSeconds(100));

        JwtCheck first = checker.check(token.secret());
        for (int i = 0; i < 2; i++) {
            assertThat(checker.check(over.with("jti", "over-" + i).secret())).isEqualTo(new JwtCheck.Expired("corp"));
        }

        assertThat(checker.check(token.secret())).isEqualTo(first);
    }

    @Test
    void weight_growsWithLengthAndNumberOfNamesAndValues() {
        CheckedJwt jwt = gate.genuine(token);
        CheckedJwt more = gate.genuine(token.with("roles", List.of("a", "b", "c")));

        long weight = SignatureMemory.weight(Secret.of("x"), jwt);
        assertThat(SignatureMemory.weight(Secret.of("xx"), jwt)).isEqualTo(weight + 1);
        assertThat(SignatureMemory.weight(Secret.of("x"), more)).isEqualTo(weight + (3 + 1) * 130);
    }
}
