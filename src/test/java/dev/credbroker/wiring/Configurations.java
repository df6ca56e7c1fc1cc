package dev.credbroker.wiring;

import dev.credbroker.api.TlsConfig;
import dev.credbroker.audit.AuditConfig;
import dev.credbroker.cache.CacheConfig;
import dev.credbroker.oidc.KeyUpkeep;
import dev.credbroker.oidc.OidcConfig;
import dev.credbroker.roles.RolesConfig;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.sts.StsConfig;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.InstantSource;
import java.util.Random;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** Reads a whole configuration as the program does at its start. */
final class Configurations {

    private Configurations() {}

    /** With the converters and checks that Quarkus has. */
    static SmallRyeConfig config(ConfigSource source) {
        return new SmallRyeConfigBuilder()
                .addDiscoveredConverters()
                .addDefaultInterceptors()
                .withSources(source)
                .withMapping(OidcConfig.class)
                .withMapping(SamlConfig.class)
                .withMapping(RolesConfig.class)
                .withMapping(StsConfig.class)
                .withMapping(CacheConfig.class)
                .withMapping(AuditConfig.class)
                .withMapping(TlsConfig.class)
                .build();
    }

    static Settings settings(SmallRyeConfig config) {
        return Settings.read(
                config.getConfigMapping(OidcConfig.class),
                config.getConfigMapping(SamlConfig.class),
                config.getConfigMapping(RolesConfig.class),
                config.getConfigMapping(StsConfig.class),
                config.getConfigMapping(CacheConfig.class),
                config.getConfigMapping(AuditConfig.class),
                config,
                new KeyUpkeep(InstantSource.system(), new Random(), (delay, task) -> {}));
    }
}
