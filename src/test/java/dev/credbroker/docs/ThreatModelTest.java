package dev.credbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the threat model says is shown by tests that exist. */
class ThreatModelTest {

    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+(?:Test|IT))`");
    private static final Pattern INVARIANT = Pattern.compile("(?m)^[0-9]+\\. \\*\\*.*$");

    @Test
    void everyInvariant_namesATest() throws IOException {
        Set<String> invariants = matches(INVARIANT, 0);

        assertThat(invariants)
                .hasSizeGreaterThanOrEqualTo(12)
                .allMatch(line -> TEST.matcher(line).find());
    }

    @Test
    void everyTest_thatIsNamed_exists() throws IOException {
        assertThat(existing()).containsAll(matches(TEST, 1));
    }

    private static Set<String> matches(Pattern pattern, int group) throws IOException {
        return pattern.matcher(Files.readString(Path.of("docs/threat-model.md")))
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> existing() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.java$", ""))
                    .collect(Collectors.toSet());
        }
    }
}
