package dev.credbroker.saml;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What others have published; origin and licence lie beside each file. */
final class ThirdParty {

    private ThirdParty() {}

    static String text(String file) {
        try (InputStream stream = ThirdParty.class.getResourceAsStream("/third-party/" + file)) {
            if (stream == null) {
                throw new IllegalArgumentException("no such file: " + file);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The rows of a table about those files; a field may be empty, and none holds a comma. */
    static List<List<String>> table(String file) {
        return text(file)
                .lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> List.of(line.split(",", -1)))
                .toList();
    }

    /** Every file in the folders of others, such as {@code gosaml2/adfs_response.b64}. */
    static Set<String> files() {
        try {
            Path root = Path.of(Objects.requireNonNull(ThirdParty.class.getResource("/third-party"))
                    .toURI());
            try (Stream<Path> files = Files.walk(root)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .filter(file -> file.contains("/"))
                        .collect(Collectors.toUnmodifiableSet());
            }
        } catch (IOException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
