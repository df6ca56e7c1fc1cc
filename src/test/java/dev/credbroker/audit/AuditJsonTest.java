package dev.credbroker.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.session.DurationLimit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditJsonTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void line_ofASessionGiven_saysAllOfIt() {
        assertThat(line(Events.given())).isEqualTo("""
                {"time":"2026-01-31T08:00:00.123Z","request":"7f3c2a","event":"session-given",\
                "proof":"033f6d14935a2227","provider":"corp","issuer":"https://idp.example.com/realms/corp",\
                "subject":"alice@example.com","role":"batch-upload",\
                "roleArn":"arn:aws:iam::123456789012:role/Batch-Upload","operation":"assume-role",\
                "requested":"14400","grantedSeconds":3600,"limitedBy":"role-chaining","source":"kept",\
                "notRenewed":"throttled","shared":false,\
                "accessKeyId":"ASIAIOSFODNN7EXAMPLE","expiration":"2026-01-31T09:00:00Z"}""");
    }

    @Test
    void line_ofASessionRefused_saysAllOfIt() {
        assertThat(line(Events.refused())).isEqualTo("""
                {"time":"2026-01-31T08:00:00.123Z","request":"7f3c2b","event":"session-refused",\
                "proof":"033f6d14935a2227","provider":"corp","issuer":"https://idp.example.com/realms/corp",\
                "subject":"alice@example.com","role":"batch-upload","code":"DurationExceedsMaximum",\
                "reason":"duration-exceeds-role","longestSeconds":14400,"limitedBy":"role"}""");
    }

    @Test
    void line_ofAProofThatWasNotVerified_namesNobody() {
        assertThat(line(Events.unverified())).isEqualTo("""
                {"time":"2026-01-31T08:00:00.123Z","request":"7f3c2c","event":"session-refused",\
                "proof":"033f6d14935a2227","provider":"corp","role":"batch-upload",\
                "code":"InvalidToken","reason":"signature"}""");
    }

    @Test
    void line_ofWhatCouldNotBeRead_saysWhyAndNoMore() {
        assertThat(line(Events.unreadable())).isEqualTo("""
                {"time":"2026-01-31T08:00:00.123Z","request":"7f3c2d","event":"session-refused",\
                "code":"InvalidRequest","reason":"role-missing"}""");
    }

    @Test
    void line_ofRolesListed_saysHowMany() {
        assertThat(line(Events.listed())).isEqualTo("""
                {"time":"2026-01-31T08:00:00.123Z","request":"7f3c2e","event":"roles-listed",\
                "proof":"033f6d14935a2227","provider":"corp","issuer":"https://idp.example.com/realms/corp",\
                "subject":"alice@example.com","roles":3}""");
    }

    static Stream<Refusal> refusalsThatQuoteNothing() {
        return Stream.of(
                new Refusal.Malformed("role-missing", "advice for the caller"),
                new Refusal.InvalidDuration("duration-text", "advice for the caller"),
                new Refusal.DurationExceedsMaximum(3600, DurationLimit.STS));
    }

    @ParameterizedTest
    @MethodSource("refusalsThatQuoteNothing")
    void line_ofARefusal_doesNotRepeatItsAdvice(Refusal refusal) {
        assertThat(line(Events.refused(refusal))).doesNotContain("advice");
    }

    /** What breaks lines, colours terminals, hides text or turns its direction; quotes, and halves of characters. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice\r\n{\"event\":\"session-given\"}",
                "alice\n",
                "\u001b[31malice\u001b[0m",
                "alice\u0000",
                "alice\u2028bob\u2029",
                "alice\u0085",
                "alice\u202ebob\u2066",
                "\"alice\" \\ '",
                "\ud83d",
                "\ude00",
                "alice\ud83d\ude00",
                "\uFEFFalice",
                "J\u00fcrgen",
                "\u007f"
            })
    void line_ofAnySubject_isOneLineOfPrintableAsciiThatSaysItExactly(String subject) throws Exception {
        String line = line(Events.given(subject));

        assertThat(line.chars()).allMatch(character -> character >= ' ' && character <= '~');
        assertThat(JSON.readTree(line).path("subject").textValue()).isEqualTo(subject);
        assertThat(JSON.readTree(line).path("event").textValue()).isEqualTo("session-given");
    }

    @ParameterizedTest
    @MethodSource("all")
    void line_ofAnyEvent_holdsNoSecret(AuditEvent event) throws JsonProcessingException {
        String line = line(event);

        assertThat(line).doesNotContain(Events.TOKEN, Events.SECRET_ACCESS_KEY, Events.SESSION_TOKEN, "[secret]");
        assertThat(JSON.readTree(line).findValuesAsText("proof")).allMatch(proof -> proof.matches("[0-9a-f]{16}"));
    }

    static Stream<AuditEvent> all() {
        return Stream.of(Events.given(), Events.refused(), Events.unverified(), Events.unreadable(), Events.listed());
    }

    @ParameterizedTest
    @MethodSource("all")
    void line_ofAnyEvent_isAnObjectOfPlainValues(AuditEvent event) throws JsonProcessingException {
        assertThat(JSON.readTree(line(event)).properties())
                .isNotEmpty()
                .allMatch(field -> field.getValue().isValueNode());
    }

    private static String line(AuditEvent event) {
        return new String(AuditJson.line(event), UTF_8);
    }
}
