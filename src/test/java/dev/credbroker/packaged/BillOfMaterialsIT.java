package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The bill of materials lists what is delivered: all of it, and nothing of the tests. */
class BillOfMaterialsIT {

    private static final Path LIBRARIES = PackagedBroker.HOME.resolve("lib/main");

    @Test
    void libraries_ofThePackage_areAllListed() throws IOException {
        Set<String> delivered = delivered();

        assertThat(delivered).hasSizeGreaterThan(50);
        assertThat(listed()).containsAll(delivered);
    }

    @Test
    void libraries_ofTheTests_areNot() throws IOException {
        assertThat(listed()).noneMatch(library -> library.matches(".*(junit|assertj|rest-assured|jqwik|archunit).*"));
    }

    /** As {@code GROUP.ARTIFACT-VERSION.jar}, which is how Quarkus names them. */
    private static Set<String> delivered() throws IOException {
        try (Stream<Path> files = Files.list(LIBRARIES)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static Set<String> listed() throws IOException {
        Path bill = PackagedBroker.HOME.toAbsolutePath().resolveSibling("credential-broker-sbom.json");
        JsonNode components = new ObjectMapper().readTree(bill.toFile()).get("components");
        Set<String> listed = new TreeSet<>();
        components.forEach(component -> listed.add(fileName(component)));
        return listed;
    }

    private static String fileName(JsonNode component) {
        return "%s.%s-%s.jar".formatted(text(component, "group"), text(component, "name"), text(component, "version"));
    }

    private static String text(JsonNode component, String name) {
        return component.get(name).asText();
    }
}
