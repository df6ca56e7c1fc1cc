package dev.credbroker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.sts.ExchangeFailure.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Does {@code docs/audit-log.md} say what is written, and nothing else? */
class AuditDocumentTest {

    private static final Pattern KEY = Pattern.compile("^\\| `([A-Za-z]+)` \\| .+ \\| .+ \\|$", Pattern.MULTILINE);
    private static final Pattern CODE = Pattern.compile("^\\| `([A-Za-z]+)` \\| [^|]+ \\|$", Pattern.MULTILINE);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String document = read();

    static Stream<AuditEvent> fullest() {
        return Stream.of(Events.given(), Events.refused(), Events.listed());
    }

    @ParameterizedTest
    @MethodSource("fullest")
    void section_ofAnEvent_namesTheKeysThatAreWrittenInTheirOrder(AuditEvent event) throws IOException {
        Map<String, Object> line = JSON.readerForMapOf(Object.class).readValue(AuditJson.line(event));

        assertThat(found(KEY, section(String.valueOf(line.get("event"))))).containsExactlyElementsOf(line.keySet());
    }

    @Test
    void document_hasASectionForEachEventAndNoMore() {
        assertThat(found(Pattern.compile("^## ([a-z-]+-[a-z]+)$", Pattern.MULTILINE), document))
                .containsExactly("session-given", "session-refused", "roles-listed");
    }

    @Test
    void examples_areWhatIsWritten() {
        assertThat(document.lines().filter(line -> line.startsWith("{")))
                .containsExactlyElementsOf(
                        Stream.of(Events.given(), Events.refused(), Events.unverified(), Events.listed())
                                .map(event -> new String(AuditJson.line(event), UTF_8))
                                .toList());
    }

    static List<Refusal> everyRefusal() {
        return List.of(
                new Refusal.Malformed("no-role", ""),
                new Refusal.InvalidDuration("duration", ""),
                new Refusal.DurationExceedsMaximum(3600, DurationLimit.ROLE),
                new Refusal.PackedPolicyTooLarge(),
                new Refusal.Unverified("signature"),
                new Refusal.TokenExpired("expired"),
                new Refusal.RoleNotPermitted("unknown-role"),
                new Refusal.DeniedBySts(),
                new Refusal.Throttled(Duration.ZERO),
                new Refusal.Unavailable("sts", Duration.ZERO),
                new Refusal.OperatorFault("wrong-answer"));
    }

    @Test
    void codes_areThoseOfTheRefusals() {
        assertThat(found(CODE, section("session-refused")))
                .containsExactlyElementsOf(
                        everyRefusal().stream().map(Refusal::code).toList());
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void reasons_ofInternalErrors_areAllThere(Fault fault) {
        assertThat(section("session-refused")).contains("`" + fault + "`");
    }

    @ParameterizedTest
    @EnumSource(DurationLimit.class)
    void limits_areAllThere(DurationLimit limit) {
        assertThat(section("session-given")).contains("`" + limit + "`");
        assertThat(section("session-refused")).contains("`" + limit + "`");
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }

    private String section(String event) {
        String rest = document.substring(document.indexOf("\n## " + event + "\n") + 1);
        int end = rest.indexOf("\n## ");
        return end < 0 ? rest : rest.substring(0, end);
    }

    private static String read() {
        try {
            return Files.readString(Path.of("docs/audit-log.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
