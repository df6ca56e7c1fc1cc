package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.BATCH;
import static dev.credbroker.broker.BrokerWorld.id;
import static dev.credbroker.broker.BrokerWorld.proof;
import static dev.credbroker.broker.BrokerWorld.request;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.simulator.World;
import io.micrometer.core.instrument.Meter;
import java.util.Base64;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A hundred thousand strangers make no more series than one: labels have closed sets of values. */
class MeterSeriesTest {

    private static final int STRANGERS = 100_000;

    /** As many as can be signed in a moment. */
    private static final int SIGNED = 300;

    @RegisterExtension
    private static final World WORLD = new World();

    private BrokerWorld world;

    @BeforeEach
    void open() {
        world = BrokerWorld.warm(WORLD);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void series_underForgedKeyIdsSubjectsAndIssuers_staySoMany() {
        String issuer = WORLD.provider().issuer();

        staySoMany(STRANGERS, i -> {
            String token = forged("kid-" + i, i % 2 == 0 ? issuer : issuer + i, "sub-" + i);
            var _ = world.broker.held(request(token, "role-" + i));
        });
    }

    @Test
    void series_underNamesAndArnsOfRoles_staySoMany() {
        String token = world.token();

        staySoMany(STRANGERS, i -> {
            String role = i % 2 == 0 ? "role-" + i : "arn:aws:iam::123456789012:role/role-" + i;
            var _ = world.broker.held(request(token, role));
        });
    }

    @Test
    void series_underVerifiedSubjects_staySoMany() {
        staySoMany(SIGNED, i -> {
            String token = world.token("subject-" + i, "uploaders", "group-" + i);
            var _ = world.broker.obtain(request(token, BATCH));
            var _ = world.broker.held(request(token, BATCH));
            var _ = world.broker.roles(id(), proof(token));
        });
    }

    private void staySoMany(int times, IntConsumer stranger) {
        stranger.accept(0);
        stranger.accept(1);
        Set<Meter.Id> before = series();
        assertThat(before).isNotEmpty();

        for (int i = 2; i <= times; i++) {
            stranger.accept(i);
            world.audited.clear();
        }

        assertThat(series()).isEqualTo(before);
    }

    private Set<Meter.Id> series() {
        return world.registry.getMeters().stream().map(Meter::getId).collect(Collectors.toSet());
    }

    /** Well-formed, and signed by nobody. */
    private static String forged(String keyId, String issuer, String subject) {
        return encoded("{\"alg\":\"RS256\",\"kid\":\"" + keyId + "\"}")
                + '.'
                + encoded("{\"iss\":\"" + issuer + "\",\"sub\":\"" + subject
                        + "\",\"aud\":\"credential-broker\",\"iat\":1700000000,\"exp\":1700003600}")
                + ".c2lnbmF0dXJl";
    }

    private static String encoded(String json) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
    }
}
