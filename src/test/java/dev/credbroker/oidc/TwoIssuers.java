package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.simulator.TestClock;
import java.util.Map;

/** A gate that trusts two issuers, {@code a} and {@code b}. */
final class TwoIssuers implements AutoCloseable {

    private final OidcIssuers issuers;
    private final JwtChecker checker;

    TwoIssuers(TestIdentityProvider a, TestIdentityProvider b) {
        TestClock clock = new TestClock();
        TestScheduler scheduler = new TestScheduler(clock);
        OidcConfig config = TestConfig.of(Map.of(
                "broker.issuers.a.issuer",
                a.issuer(),
                "broker.issuers.a.audiences",
                "credential-broker",
                "broker.issuers.b.issuer",
                b.issuer(),
                "broker.issuers.b.audiences",
                "credential-broker"));
        issuers = OidcIssuers.from(config, new Findings(), new KeyUpkeep(clock, () -> 0, scheduler));
        checker = new JwtChecker(issuers, clock);
        issuers.start();
        scheduler.run();
    }

    JwtCheck check(TestToken token) {
        return checker.check(token.secret());
    }

    void assertGenuine(TestToken token) {
        assertThat(check(token)).isInstanceOf(JwtCheck.Genuine.class);
    }

    @Override
    public void close() {
        issuers.close();
    }
}
