package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The gate and the keys together, on real threads and a real socket. */
class JwtCheckerKeysTest {

    /** Long, so that a busy machine does not fail the tests; nobody waits it out. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final TestIdentityProvider provider = new TestIdentityProvider(TestKey.RSA);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final OidcIssuers issuers = OidcIssuers.from(
            TestConfig.of(Map.of(
                    "broker.issuers.corp.issuer",
                    provider.issuer(),
                    "broker.issuers.corp.audiences",
                    "credential-broker")),
            new Findings(),
            new KeyUpkeep(clock, () -> 0, RefreshScheduler.on(timer)),
            PATIENCE);
    private final JwtChecker checker = new JwtChecker(issuers, clock);
    private final TestToken token = TestToken.of(provider.issuer(), TestKey.RSA);

    @AfterEach
    void close() {
        issuers.close();
        timer.shutdownNow();
        provider.close();
    }

    @Test
    void check_beforeAnyKeys_doesNotWaitAndTheOtherDoes() {
        assertThat(checker.check(token.secret())).isEqualTo(new JwtCheck.KeysMissing("corp"));
        assertThat(checker.checkAwaitingKeys(token.secret())).isInstanceOf(JwtCheck.Genuine.class);
        assertThat(checker.check(token.secret())).isInstanceOf(JwtCheck.Genuine.class);
    }

    @Test
    void checkAwaitingKeys_keyRotated_isGenuineAtOnce() {
        issuers.start();
        assertThat(checker.checkAwaitingKeys(token.secret())).isInstanceOf(JwtCheck.Genuine.class);
        provider.publish(TestKey.RSA, TestKey.EC);
        TestToken rotated = TestToken.of(provider.issuer(), TestKey.EC);

        assertThat(checker.check(rotated.secret())).isEqualTo(new JwtCheck.KeysMissing("corp"));
        assertThat(checker.checkAwaitingKeys(rotated.secret())).isInstanceOf(JwtCheck.Genuine.class);
    }

    @Test
    void checkAwaitingKeys_keyTheIssuerDoesNotHave_isRejected() {
        assertThat(checker.checkAwaitingKeys(token.secret())).isInstanceOf(JwtCheck.Genuine.class);
        JwtCheck unknown = new JwtCheck.Rejected(JwtFlaw.UNKNOWN_KEY, Optional.of("corp"));

        assertThat(checker.checkAwaitingKeys(token.header("kid", "forged").secret()))
                .isEqualTo(unknown);
        assertThat(checker.check(token.header("kid", "forged").secret())).isEqualTo(unknown);
    }

    @Test
    void checkAwaitingKeys_issuerDown_isUnavailableAndWithoutAFetchOnceTheBudgetIsSpent() {
        provider.close();

        for (int i = 0; i < 5; i++) {
            assertThat(checker.checkAwaitingKeys(token.secret())).isEqualTo(new JwtCheck.KeysUnavailable("corp"));
        }
        assertThat(checker.check(token.secret())).isEqualTo(new JwtCheck.KeysUnavailable("corp"));
        assertThat(issuers.keys().getFirst().fetches()).isEqualTo(3);
    }

    @Test
    void close_issuers_fetchNoMore() {
        issuers.close();

        assertThat(checker.checkAwaitingKeys(token.secret())).isEqualTo(new JwtCheck.KeysUnavailable("corp"));
        assertThat(issuers.keys().getFirst().fetches()).isZero();
    }

    @Test
    void start_issuerDown_neitherThrowsNorHidesTheOthers() {
        try (TestIdentityProvider down = new TestIdentityProvider()) {
            down.close();
            OidcIssuers both = OidcIssuers.from(
                    TestConfig.of(Map.of(
                            "broker.issuers.down.issuer",
                            down.issuer(),
                            "broker.issuers.down.audiences",
                            "credential-broker",
                            "broker.issuers.corp.issuer",
                            provider.issuer(),
                            "broker.issuers.corp.audiences",
                            "credential-broker")),
                    new Findings(),
                    new KeyUpkeep(clock, () -> 0, RefreshScheduler.on(timer)),
                    PATIENCE);
            both.start();

            assertThat(new JwtChecker(both, clock).checkAwaitingKeys(token.secret()))
                    .isInstanceOf(JwtCheck.Genuine.class);
            both.close();
        }
    }
}
