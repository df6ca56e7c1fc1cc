package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code ./mvnw -Paot verify}: trains the cache, and starts the program from it. */
@Timeout(300)
class AotCacheTraining {

    @Test
    void cache_ofAWorkingProgram_isWhatItStartsFrom() {
        AotCache.train();

        assertThat(AotCache.FILE).isNotEmptyFile();
        try (SimulatedWorld world = new SimulatedWorld(
                        AotCache.ALL_COMPILERS, "-XX:AOTMode=on", "-XX:AOTCache=" + AotCache.FILE)
                .awaitReady()) {
            assertThat(AotCache.credentials(world, "deployer", "alice")).isEqualTo(200);
        }
    }
}
