package dev.credbroker.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.StsOperation;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A configuration stops the start, with the names of its properties, or makes a catalogue without contradictions. */
class ConfigurationFuzzTest {

    /** @param lines properties below {@code broker.}, such as {@code sts.region=eu-west-1} */
    @FuzzTest
    void read_anyProperties_isACatalogueOrFindings(byte[] lines) {
        Map<String, String> properties = new String(lines, UTF_8)
                .lines()
                .map(line -> line.split("=", 2))
                .filter(pair -> pair.length == 2)
                .collect(toMap(pair -> "broker." + pair[0], pair -> pair[1], (_, last) -> last));

        mapped(properties).flatMap(config -> Cost.bounded(() -> read(config))).ifPresent(settings -> {
            assertThat(settings.roles().all()).isNotEmpty().allSatisfy(role -> assertSound(role, settings));
            settings.issuers().close();
            settings.samlProviders().close();
        });
    }

    private static void assertSound(Role role, Settings settings) {
        List<Role> alike = settings.roles().all().stream()
                .filter(other -> other.arn().overlaps(role.arn()))
                .toList();
        assertThat(alike).containsExactly(role);
        assertThat(role.defaultDuration()).isLessThanOrEqualTo(role.maxDuration());
        assertThat(role.region().partition()).isEqualTo(role.arn().partition());
        assertThat(role.admissions()).isNotEmpty();
        assertThat(role.operation() == StsOperation.ASSUME_ROLE
                        && role.arn().anyAccount()
                        && role.externalId().isEmpty())
                .isFalse();
    }

    /** Absent where the mapping itself refuses it. */
    private static Optional<SmallRyeConfig> mapped(Map<String, String> properties) {
        try {
            return Optional.of(Configurations.config(new PropertiesConfigSource(properties, "fuzz", 100)));
        } catch (ConfigValidationException e) {
            return Optional.empty();
        }
    }

    private static Optional<Settings> read(SmallRyeConfig config) {
        try {
            return Optional.of(Configurations.settings(config));
        } catch (ConfigurationException e) {
            assertThat(e.getConfigKeys()).isNotEmpty();
            return Optional.empty();
        }
    }
}
