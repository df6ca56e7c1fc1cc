package dev.credbroker.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.fuzz.Cost;
import dev.credbroker.fuzz.Octets;
import dev.credbroker.fuzz.StrictTree;
import java.util.Map;
import java.util.Optional;

/** Whoever asks for whatever, it becomes one line of printable ASCII, from which the same can be read again. */
class AuditJsonFuzzTest {

    private static final SessionGiven GIVEN = Events.given();
    private static final SessionRefused REFUSED = Events.refused();
    private static final RolesListed LISTED = Events.listed();

    /** @param octets provider, issuer, subject and role, each a text */
    @FuzzTest
    void line_ofAnyTexts_isOneThatSaysThem(byte[] octets) {
        Octets texts = new Octets(octets);
        Who who = new Who(texts.text(), texts.text(), texts.text());
        String role = texts.text();

        assertSays(given(who, role), who, Map.of("role", role));
        assertSays(refused(who, role), who, Map.of("role", role));
        assertSays(new RolesListed(LISTED.time(), LISTED.request(), LISTED.proof(), who, 3), who, Map.of());
    }

    private static void assertSays(AuditEvent event, Who who, Map<String, String> more) {
        byte[] line = Cost.bounded(() -> AuditJson.line(event));

        assertThat(new String(line, ISO_8859_1)).matches("[ -~]+");
        JsonNode said = StrictTree.read(line).orElseThrow();
        assertThat(said.path("provider").textValue()).isEqualTo(who.provider());
        assertThat(said.path("issuer").textValue()).isEqualTo(who.issuer());
        assertThat(said.path("subject").textValue()).isEqualTo(who.subject());
        more.forEach((name, text) -> assertThat(said.path(name).textValue()).isEqualTo(text));
    }

    private static SessionGiven given(Who who, String role) {
        return new SessionGiven(
                GIVEN.time(), GIVEN.request(), GIVEN.proof(), who, role, GIVEN.operation(), GIVEN.issued());
    }

    private static SessionRefused refused(Who who, String role) {
        return new SessionRefused(
                REFUSED.time(),
                REFUSED.request(),
                REFUSED.proof(),
                Optional.of(who.provider()),
                Optional.of(who),
                Optional.of(role),
                REFUSED.refusal());
    }
}
