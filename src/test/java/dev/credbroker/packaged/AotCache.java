package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * The JDK's ahead-of-time cache of the packaged program, beside it (JEP 483, 514 and 515): what a JVM has learned while
 * the program worked for a while.
 */
public final class AotCache {

    public static final Path FILE = PackagedBroker.HOME.toAbsolutePath().resolve("app.aot");

    /** The tests' own choice of a fast start would keep the JDK from learning what is hot. */
    static final String ALL_COMPILERS = "-XX:TieredStopAtLevel=4";

    private AotCache() {}

    /** Makes it anew. */
    public static void train() {
        try {
            Files.deleteIfExists(FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (SimulatedWorld world = new SimulatedWorld(ALL_COMPILERS, "-XX:AOTCacheOutput=" + FILE).awaitReady()) {
            work(world);
            world.broker().terminate();
            assertThat(world.broker().awaitExitCode()).isEqualTo(143);
        }
    }

    /** Each way that a request may go, some of them often. */
    private static void work(SimulatedWorld world) {
        for (int i = 0; i < 300; i++) {
            assertThat(credentials(world, "batch-upload", "user-" + i % 20)).isEqualTo(200);
        }
        assertThat(credentials(world, "deployer", "alice")).isEqualTo(200);
        assertThat(credentials(world, "distrusting", "alice")).isEqualTo(403);
        assertThat(credentials(world, "unknown", "alice")).isEqualTo(403);
        for (int i = 0; i < 5; i++) {
            Map<String, String> form = Map.of(
                    "role",
                    "adfs-production",
                    "samlResponse",
                    world.response("alice").encode());
            assertThat(Http.postForm(world.broker().url() + "/v1/credentials", form)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(Http.get(world.broker().url() + "/v1/credentials/batch-upload")
                        .statusCode())
                .isEqualTo(401);
        assertThat(Http.get(world.broker().url() + "/v1/roles", bearer(world, "alice"))
                        .statusCode())
                .isEqualTo(200);
        assertThat(Http.get(world.broker().managementUrl() + "/q/metrics").statusCode())
                .isEqualTo(200);
    }

    static int credentials(SimulatedWorld world, String role, String subject) {
        return Http.get(world.broker().url() + "/v1/credentials/" + role, bearer(world, subject))
                .statusCode();
    }

    private static String[] bearer(SimulatedWorld world, String subject) {
        return new String[] {"Authorization", "Bearer " + world.token(subject).sign()};
    }
}
