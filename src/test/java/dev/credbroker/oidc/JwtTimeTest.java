package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JwtTimeTest {

    private static final Instant NOW = TestClock.START;
    private static final Duration NANO = Duration.ofNanos(1);

    private static TestGate gate;
    private static TestToken valid;

    @BeforeAll
    static void open() {
        gate = new TestGate(TestKey.RSA);
        valid = gate.token();
    }

    @AfterAll
    static void close() {
        gate.close();
    }

    @BeforeEach
    void validTwin_isGenuine() {
        gate.clock.turnTo(NOW);
        gate.assertGenuine(valid);
    }

    @Test
    void check_aroundExpirationPlusSkew_isExpiredFromThatMoment() {
        Instant end = NOW.plusSeconds(600 + 60);

        assertThat(at(end.minus(NANO), valid)).isInstanceOf(JwtCheck.Genuine.class);
        assertThat(at(end, valid)).isEqualTo(new JwtCheck.Expired("corp"));
        assertThat(at(end.plus(NANO), valid)).isEqualTo(new JwtCheck.Expired("corp"));
    }

    @Test
    void check_aroundIssuedAtLessSkew_isGenuineFromThatMoment() {
        Instant begin = NOW.minusSeconds(60);

        assertThat(at(begin.minus(NANO), valid)).isEqualTo(rejected(JwtFlaw.ISSUED_AT));
        assertThat(at(begin, valid)).isInstanceOf(JwtCheck.Genuine.class);
        assertThat(at(begin.plus(NANO), valid)).isInstanceOf(JwtCheck.Genuine.class);
    }

    @Test
    void check_aroundNotBeforeLessSkew_isGenuineFromThatMoment() {
        TestToken later = valid.with("nbf", NOW.plusSeconds(100));
        Instant begin = NOW.plusSeconds(40);

        assertThat(at(begin.minus(NANO), later)).isEqualTo(rejected(JwtFlaw.NOT_BEFORE));
        assertThat(at(begin, later)).isInstanceOf(JwtCheck.Genuine.class);
    }

    @Test
    void check_lifeAroundADay_isRejectedFromOneSecondMore() {
        gate.assertGenuine(valid.with("exp", NOW.plusSeconds(86_399)));
        gate.assertGenuine(valid.with("exp", NOW.plusSeconds(86_400)));
        gate.assertRejected(valid.with("exp", NOW.plusSeconds(86_401)), JwtFlaw.LIFETIME);
    }

    @Test
    void check_expirationNotAfterIssuance_isRejected() {
        gate.assertGenuine(valid.with("exp", NOW.plusSeconds(1)));
        gate.assertRejected(valid.with("exp", NOW), JwtFlaw.LIFETIME);
        gate.assertRejected(valid.with("exp", NOW.minusSeconds(1)), JwtFlaw.LIFETIME);
    }

    @Test
    void check_expiredAndFlawedBesides_isRejectedNotExpired() {
        gate.clock.turnTo(NOW.plusSeconds(3600));

        assertThat(gate.check(valid)).isEqualTo(new JwtCheck.Expired("corp"));
        gate.assertRejected(valid.with("aud", "other"), JwtFlaw.AUDIENCE);
        gate.assertRejected(valid.without("sub"), JwtFlaw.SUBJECT);
        gate.assertRejected(valid.signedBy(TestKey.OTHER_RSA), JwtFlaw.SIGNATURE);
        gate.assertRejected(valid.with("cnf", Map.of()), JwtFlaw.BOUND_TO_A_KEY);
        gate.assertRejected(valid.with("nbf", NOW.plusSeconds(3661)), JwtFlaw.NOT_BEFORE);
    }

    @Test
    void check_timesMissing_isRejectedSaveNotBefore() {
        gate.assertRejected(valid.without("exp"), JwtFlaw.EXPIRATION);
        gate.assertRejected(valid.without("iat"), JwtFlaw.ISSUED_AT);
        gate.assertGenuine(valid.without("nbf"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"1795522200\"",
                "1795522200.0",
                "1.7e9",
                "1e99",
                "1e-999",
                "-1",
                "-0",
                "9223372036854775807",
                "99999999999999999999",
                "4102444801",
                "[1795522200]",
                "{}",
                "null",
                "true"
            })
    void check_timeThatIsNoWholeSecond_isRejected(String number) {
        String exp = "\"exp\":" + NOW.plusSeconds(600).getEpochSecond();
        String iat = "\"iat\":" + NOW.getEpochSecond();

        gate.assertRejected(valid.replacing(exp, "\"exp\":" + number), JwtFlaw.EXPIRATION);
        gate.assertRejected(valid.replacing(iat, "\"iat\":" + number), JwtFlaw.ISSUED_AT);
        gate.assertRejected(valid.replacing(iat, iat + ",\"nbf\":" + number), JwtFlaw.NOT_BEFORE);
    }

    @Test
    void of_latestMoment_isStillATime() throws Exception {
        byte[] claims = "{\"iat\":4102444799,\"exp\":4102444800}".getBytes(StandardCharsets.UTF_8);

        assertThat(JwtTimes.of(StrictJson.object(claims).orElseThrow()).expiration())
                .isEqualTo(Instant.parse("2100-01-01T00:00:00Z"));
    }

    @Test
    void check_zeroSkew_movesTheEdges() {
        try (TestGate exact = new TestGate(Map.of("clock-skew", "0s"), TestKey.RSA)) {
            exact.clock.turnTo(NOW.plusSeconds(600).minus(NANO));
            exact.assertGenuine(exact.token());
            exact.clock.turnTo(NOW.plusSeconds(600));
            assertThat(exact.check(exact.token())).isEqualTo(new JwtCheck.Expired("corp"));
        }
    }

    @Test
    void check_aroundTheLargestAge_isExpiredFromThatMoment() {
        try (TestGate strict = new TestGate(Map.of("max-token-age", "5m"), TestKey.RSA)) {
            strict.clock.turnTo(NOW.plusSeconds(300 + 60).minus(NANO));
            strict.assertGenuine(strict.token());
            strict.clock.turnTo(NOW.plusSeconds(300 + 60));
            assertThat(strict.check(strict.token())).isEqualTo(new JwtCheck.Expired("corp"));
        }
    }

    @Test
    void check_largestAgeBeyondExpiration_changesNothing() {
        try (TestGate lax = new TestGate(Map.of("max-token-age", "5h"), TestKey.RSA)) {
            lax.clock.turnTo(NOW.plusSeconds(660));
            assertThat(lax.check(lax.token())).isEqualTo(new JwtCheck.Expired("corp"));
        }
    }

    private static JwtCheck at(Instant moment, TestToken token) {
        gate.clock.turnTo(moment);
        return gate.check(token);
    }

    private static JwtCheck rejected(JwtFlaw flaw) {
        return new JwtCheck.Rejected(flaw, java.util.Optional.of("corp"));
    }
}
