package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** The gate as configured, with one issuer named {@code corp} on a real socket whose keys have been fetched. */
public final class TestGate implements AutoCloseable {

    public final TestClock clock = new TestClock();
    public final TestScheduler scheduler = new TestScheduler(clock);
    public final TestIdentityProvider provider;
    public final OidcIssuers issuers;
    public final JwtChecker checker;

    private TestGate(long rememberedBytes, Map<String, String> settings, TestKey... keys) {
        provider = new TestIdentityProvider(keys);
        Map<String, String> properties = new HashMap<>(Map.of(
                "broker.issuers.corp.issuer", provider.issuer(),
                "broker.issuers.corp.audiences", "credential-broker",
                "broker.issuers.corp.aws-audiences", "sts.amazonaws.com"));
        settings.forEach((setting, value) -> properties.put("broker.issuers.corp." + setting, value));
        Findings findings = new Findings();
        issuers = OidcIssuers.from(
                TestConfig.of(properties), findings, new KeyUpkeep(clock, () -> 0, scheduler), Duration.ofMillis(1));
        assertThat(findings.all()).isEmpty();
        checker = new JwtChecker(issuers, clock, rememberedBytes);
        issuers.start();
        scheduler.run();
    }

    /**
     * Remembers no signature, so that each check is a whole one.
     *
     * @param settings of the issuer, such as {@code clock-skew}; the audience is {@code credential-broker}
     */
    public TestGate(Map<String, String> settings, TestKey... keys) {
        this(0, settings, keys);
    }

    public TestGate(TestKey... keys) {
        this(Map.of(), keys);
    }

    static TestGate remembering(TestKey... keys) {
        return new TestGate(1_000_000, Map.of(), keys);
    }

    public TestToken token(TestKey key) {
        return TestToken.of(provider.issuer(), key);
    }

    public TestToken token() {
        return token(TestKey.RSA);
    }

    public JwtCheck check(TestToken token) {
        return check(token.text());
    }

    public JwtCheck check(String token) {
        return checker.check(Secret.of(token));
    }

    void assertGenuine(TestToken token) {
        assertGenuine(token.text());
    }

    void assertGenuine(String token) {
        assertThat(check(token)).isInstanceOf(JwtCheck.Genuine.class);
    }

    public CheckedJwt genuine(TestToken token) {
        if (check(token) instanceof JwtCheck.Genuine(CheckedJwt jwt)) {
            return jwt;
        }
        throw new AssertionError(check(token).toString());
    }

    void assertRejected(TestToken token, JwtFlaw flaw) {
        assertRejected(token.text(), flaw);
    }

    void assertRejected(String token, JwtFlaw flaw) {
        assertThat(check(token))
                .isInstanceOfSatisfying(
                        JwtCheck.Rejected.class,
                        rejected -> assertThat(rejected.flaw()).isEqualTo(flaw));
    }

    IssuerKeys keys() {
        return issuers.keys().getFirst();
    }

    @Override
    public void close() {
        issuers.close();
        provider.close();
    }
}
