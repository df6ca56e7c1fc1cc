package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Five minutes of forged key ids upon one issuer of two, on real sockets and a clock of our own. */
class KeyFloodTest {

    private static final int SECONDS = 300;
    private static final int FORGED_IN_A_SECOND = 20;
    private static final int ROTATION = 100;

    private final TestClock clock = new TestClock();
    private final TestScheduler scheduler = new TestScheduler(clock);
    private final TestIdentityProvider flooded = new TestIdentityProvider(TestKey.RSA);
    private final TestIdentityProvider other = new TestIdentityProvider(TestKey.OTHER_RSA);
    private final OidcIssuers issuers = OidcIssuers.from(
            TestConfig.of(properties()),
            new Findings(),
            new KeyUpkeep(clock, () -> 0, this::schedule),
            Duration.ofSeconds(30)); // nobody waits it out
    private final JwtChecker checker = new JwtChecker(issuers, clock, 0);

    @AfterEach
    void close() {
        issuers.close();
        flooded.close();
        other.close();
    }

    @Test
    void flood_ofForgedKeyIds_costsTwelveFetchesAndDelaysNobody() {
        TestToken good = token(flooded, TestKey.RSA);
        Secret known = good.secret();
        Secret others = token(other, TestKey.OTHER_RSA).secret();
        Secret rotated = token(flooded, TestKey.EC).secret();
        assertThat(checker.checkAwaitingKeys(known)).isInstanceOf(JwtCheck.Genuine.class);
        assertThat(checker.checkAwaitingKeys(others)).isInstanceOf(JwtCheck.Genuine.class);
        int before = flooded.requests("/keys");
        int acceptedAt = Integer.MAX_VALUE;

        for (int second = 0; second < SECONDS; second++) {
            for (int i = 0; i < FORGED_IN_A_SECOND; i++) {
                assertThat(checker.checkAwaitingKeys(forged(good, "forged-" + second + "-" + i)))
                        .isNotInstanceOf(JwtCheck.Genuine.class);
            }
            if (second == ROTATION) {
                flooded.publish(TestKey.RSA, TestKey.EC);
            }
            if (checker.checkAwaitingKeys(rotated) instanceof JwtCheck.Genuine) {
                acceptedAt = Math.min(acceptedAt, second);
            }
            assertThat(checker.check(known)).isInstanceOf(JwtCheck.Genuine.class);
            assertThat(checker.check(others)).isInstanceOf(JwtCheck.Genuine.class);
            scheduler.advance(Duration.ofSeconds(1));
        }

        assertThat(flooded.requests("/keys") - before).isBetween(1, 12);
        assertThat(acceptedAt).isBetween(ROTATION, ROTATION + 60);
        assertThat(other.requests("/keys")).isEqualTo(1);
    }

    /** Forgers sign nothing: that takes time. */
    private static Secret forged(TestToken good, String keyId) {
        byte[] header = TestToken.json(good.header("kid", keyId).header()).getBytes(StandardCharsets.UTF_8);
        byte[] claims = TestToken.json(good.claims()).getBytes(StandardCharsets.UTF_8);
        return Secret.of(TestKey.encoded(header) + "." + TestKey.encoded(claims) + ".AAAA");
    }

    private static TestToken token(TestIdentityProvider provider, TestKey key) {
        return TestToken.of(provider.issuer(), key);
    }

    /** What is to be done at once is done by a thread of its own, the rest when its time has come. */
    private void schedule(Duration delay, Runnable task) {
        if (delay.isZero()) {
            Thread.startVirtualThread(task);
        } else {
            scheduler.after(delay, task);
        }
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        Map.of("flooded", flooded, "other", other).forEach((name, provider) -> {
            properties.put("broker.issuers." + name + ".issuer", provider.issuer());
            properties.put("broker.issuers." + name + ".audiences", "credential-broker");
        });
        return properties;
    }
}
