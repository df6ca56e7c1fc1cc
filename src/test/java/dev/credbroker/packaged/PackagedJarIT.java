package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is delivered, and what must never be. */
class PackagedJarIT {

    @Test
    void simulator_isInNoJar() throws IOException {
        assertThat(entries())
                .filteredOn(entry -> entry.contains("dev/credbroker/simulator"))
                .isEmpty();
    }

    @Test
    void demoBareEndpointsAndTests_areInNoJar() throws IOException {
        assertThat(entries())
                .filteredOn(
                        entry -> entry.matches(
                                ".*!(.*/)?(demo\\.yaml|realm\\.json|dev/credbroker/bare/.*|dev/credbroker/.*(Test|IT)\\.class)"))
                .isEmpty();
        assertThat(Files.readString(Path.of("src/simulator/demo.yaml"))).contains("/idp/demo");
        assertThat(content("application.yaml")).doesNotContain("/idp/demo").doesNotContainPattern("(?m)^broker:");
    }

    /** The JDK's own code is all that reads XML. */
    @Test
    void parsersAndSignatures_ofOthers_areInNoJar() throws IOException {
        assertThat(entries())
                .filteredOn(
                        entry -> entry.matches(
                                ".*!(META-INF/services/(javax\\.xml\\.|org\\.xml\\.|java\\.security\\.Provider).*|com/ctc/wstx/.*|org/apache/xml/.*)"))
                .isEmpty();
    }

    /** Traces would carry what requests hold to another place. */
    @Test
    void exportersOfTraces_andPagesForDevelopers_areNotThere() throws IOException {
        assertThat(jars())
                .isNotEmpty()
                .noneMatch(jar -> jar.getFileName()
                        .toString()
                        .matches(".*(opentelemetry|opentracing|jaeger|zipkin|swagger-ui|dev-ui|devui|health-ui).*"));
    }

    @Test
    void contract_isTheOneOfTheTopLevel() throws IOException {
        assertThat(content("openapi.yaml")).isEqualTo(Files.readString(Path.of("openapi.yaml")));
    }

    @Test
    void broker_isThere() throws IOException {
        assertThat(entries()).anyMatch(entry -> entry.endsWith("!dev/credbroker/broker/CredentialBroker.class"));
    }

    /** Every entry of every jar, as {@code JAR!ENTRY}. */
    private static List<String> entries() throws IOException {
        List<String> entries = new ArrayList<>();
        for (Path jar : jars()) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream().forEach(entry -> entries.add(jar.getFileName() + "!" + entry.getName()));
            }
        }
        return entries;
    }

    private static List<Path> jars() throws IOException {
        try (Stream<Path> files = Files.walk(PackagedBroker.HOME)) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        }
    }

    /** Of the one entry of this name in the broker's own jar. */
    private static String content(String name) throws IOException {
        try (Stream<Path> own = Files.list(PackagedBroker.HOME.resolve("app"))) {
            try (JarFile jar = new JarFile(own.findFirst().orElseThrow().toFile());
                    InputStream content = jar.getInputStream(jar.getEntry(name))) {
                return new String(content.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
