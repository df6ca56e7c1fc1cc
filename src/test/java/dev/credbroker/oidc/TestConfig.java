package dev.credbroker.oidc;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.simulator.TestClock;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;

/** Reads properties as the program does. */
final class TestConfig {

    private TestConfig() {}

    static OidcConfig of(Map<String, String> properties) {
        return new SmallRyeConfigBuilder()
                .withMapping(OidcConfig.class)
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(OidcConfig.class);
    }

    static List<Finding> findings(Map<String, String> properties) {
        Findings findings = new Findings();
        TestClock clock = new TestClock();
        OidcIssuers.from(of(properties), findings, new KeyUpkeep(clock, () -> 0, new TestScheduler(clock)))
                .close();
        return findings.all();
    }
}
