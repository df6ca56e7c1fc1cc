package dev.credbroker.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.deploy.Yaml;
import dev.credbroker.oidc.JwtFlaw;
import dev.credbroker.sts.ExchangeFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guides are complete, and their links lead somewhere. */
class GuidesTest {

    private static final Path TROUBLE = Path.of("docs/troubleshooting.md");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#:\\s]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```");

    /** Written by others: looked for only where it is there. */
    private static final List<String> ELSEWHERE = List.of("deploy/client/README.md", "docs/performance.md");

    @Test
    void everyCodeOfTheContract_hasASection() {
        JsonNode codes = Yaml.read(Path.of("openapi.yaml")).at("/components/schemas/Code/enum");

        assertThat(codes).hasSizeGreaterThan(15);
        assertThat(headings(TROUBLE))
                .containsAll(Yaml.stream(codes).map(JsonNode::asText).toList());
    }

    @Test
    void everyFaultOfTheOperators_isExplained() {
        assertThat(Yaml.text(TROUBLE))
                .contains(Stream.of(ExchangeFailure.Fault.values())
                        .map(fault -> "`" + fault + "`")
                        .toList());
    }

    @Test
    void everyFlawOfATokenThatTheAuditLogNames_isExplained() {
        assertThat(Yaml.text(TROUBLE))
                .contains(Stream.of(JwtFlaw.values())
                        .map(flaw -> "`" + flaw + "`")
                        .toList());
    }

    static Stream<Path> guides() throws IOException {
        try (Stream<Path> files = Stream.of(Path.of("docs"), Path.of("deploy"), Path.of("README.md"))
                .flatMap(GuidesTest::walk)) {
            return files.filter(file -> file.toString().endsWith(".md")).toList().stream();
        }
    }

    private static Stream<Path> walk(Path place) {
        try {
            return Files.walk(place);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("guides")
    void links_ofAGuide_leadSomewhere(Path guide) {
        String text = FENCED.matcher(Yaml.text(guide)).replaceAll("");

        for (MatchResult link : LINK.matcher(text).results().toList()) {
            Path target = link.group(1).isEmpty()
                    ? guide
                    : guide.resolveSibling(link.group(1)).normalize();
            if (ELSEWHERE.contains(target.toString()) && !Files.exists(target)) {
                continue;
            }
            assertThat(target).as(guide + ": " + link.group()).exists();
            if (link.group(2) != null) {
                assertThat(headings(target).map(GuidesTest::anchor))
                        .as(guide.toString())
                        .contains(link.group(2));
            }
        }
    }

    private static Stream<String> headings(Path document) {
        return HEADING.matcher(FENCED.matcher(Yaml.text(document)).replaceAll(""))
                .results()
                .map(found -> found.group(1));
    }

    /** As GitHub makes it. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 _-]", "").replace(' ', '-');
    }
}
