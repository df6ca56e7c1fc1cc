package dev.credbroker.helm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.marcnuri.helm.DryRun;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The chart, as Helm itself lints and renders it; no cluster is asked. */
public final class Chart {

    static final Path DIRECTORY = Path.of("helm/credential-broker");
    static final String RELEASE = "demo";
    static final String NAMESPACE = "brokers";

    /** The oldest in which all that the chart can render is known. */
    private static final String KUBERNETES = "1.30.0";

    private static final ObjectMapper YAML = new YAMLMapper();

    private Chart() {}

    /** The names of the supported shapes: {@code ci/NAME-values.yaml}. */
    public static List<String> shapes() {
        try (Stream<Path> files = Files.list(DIRECTORY.resolve("ci"))) {
            return files.map(file -> file.getFileName().toString())
                    .map(name -> name.substring(0, name.lastIndexOf("-values.yaml")))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Rendered render(String shape) {
        return render(shape, "{}");
    }

    /**
     * @param more values, in YAML, over those of the shape
     * @throws IllegalStateException with what Helm says, if it refuses the values
     */
    public static Rendered render(String shape, String more) {
        return with(
                shape,
                more,
                values -> Rendered.of(new Helm(DIRECTORY)
                        .template()
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(values)
                        .call()));
    }

    /** What Helm says after an installation. */
    static String notes(String shape, String more) {
        return with(
                shape,
                more,
                values -> new Helm(DIRECTORY)
                        .install()
                        .clientOnly()
                        .withDryRunOption(DryRun.CLIENT)
                        .withName(RELEASE)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion(KUBERNETES)
                        .withValuesFile(values)
                        .call()
                        .getOutput());
    }

    private static <T> T with(String shape, String more, Function<Path, T> command) {
        try {
            Path values = Files.createTempFile("values", ".yaml");
            try {
                YAML.writeValue(values.toFile(), merged(valuesOf(shape), more));
                return command.apply(values);
            } finally {
                Files.delete(values);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With the shape's values as the chart's own, since Helm lints those. */
    static LintResult lint(String shape, Path copy) throws IOException {
        try (Stream<Path> files = Files.walk(DIRECTORY)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = copy.resolve(DIRECTORY.relativize(file));
                Files.createDirectories(target.getParent());
                Files.copy(file, target);
            }
        }
        Path values = copy.resolve("values.yaml");
        YAML.writeValue(values.toFile(), merged(values, Files.readString(valuesOf(shape))));
        return new Helm(copy).lint().strict().call();
    }

    static Path valuesOf(String shape) {
        return DIRECTORY.resolve("ci").resolve(shape + "-values.yaml");
    }

    private static ObjectNode merged(Path values, String more) throws IOException {
        ObjectNode tree = (ObjectNode) YAML.readTree(values.toFile());
        return YAML.readerForUpdating(tree).readValue(more);
    }
}
