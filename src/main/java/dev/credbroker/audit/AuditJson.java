package dev.credbroker.audit;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line of JSON, by the schema in {@code docs/audit-log.md}. All that is not ASCII is escaped, so that no
 * subject can break a line, hide text or turn its direction.
 */
final class AuditJson {

    private static final ObjectMapper JSON = JsonMapper.builder(
                    new JsonFactoryBuilder().characterEscapes(new Escapes()).build())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    /** JSON's own, and DEL, the one control character that JSON leaves alone. */
    private static final class Escapes extends CharacterEscapes {

        private static final int DELETE = 0x7f;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] codes = standardAsciiEscapesForJSON();
            codes[DELETE] = ESCAPE_STANDARD;
            return codes;
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int character) {
            return null;
        }
    }

    private AuditJson() {}

    /** The line without its end. */
    static byte[] line(AuditEvent event) {
        ObjectNode line = JSON.createObjectNode();
        line.put("time", event.time().toString());
        line.put("request", event.request().text());
        switch (event) {
            case SessionGiven given -> write(given, line);
            case SessionRefused refused -> write(refused, line);
            case RolesListed listed -> write(listed, line);
        }
        try {
            return JSON.writeValueAsBytes(line);
        } catch (IOException e) {
            throw new UncheckedIOException("a tree of texts can always be written", e);
        }
    }

    private static void write(SessionGiven given, ObjectNode line) {
        Issued issued = given.issued();
        line.put("event", "session-given");
        line.put("proof", given.proof().digits());
        write(given.who(), line);
        line.put("role", given.role());
        line.put("roleArn", issued.role().toString());
        line.put("operation", given.operation().toString());
        line.put("requested", issued.duration().requested().toString());
        line.put("grantedSeconds", issued.duration().granted().toSeconds());
        issued.duration().limit().ifPresent(limit -> line.put("limitedBy", limit.toString()));
        line.put("source", issued.source().toString());
        issued.notRenewed().ifPresent(reason -> line.put("notRenewed", reason));
        line.put("shared", issued.shared());
        line.put("accessKeyId", issued.credentials().accessKeyId());
        line.put("expiration", issued.credentials().expiration().toString());
    }

    private static void write(SessionRefused refused, ObjectNode line) {
        line.put("event", "session-refused");
        refused.proof().ifPresent(proof -> line.put("proof", proof.digits()));
        refused.provider().ifPresent(provider -> line.put("provider", provider));
        refused.who().ifPresent(who -> write(who, line));
        refused.role().ifPresent(role -> line.put("role", role));
        line.put("code", refused.refusal().code());
        line.put("reason", refused.refusal().reason());
        if (refused.refusal() instanceof DurationExceedsMaximum excess) {
            line.put("longestSeconds", excess.longestSeconds());
            line.put("limitedBy", excess.limit().toString());
        }
    }

    private static void write(RolesListed listed, ObjectNode line) {
        line.put("event", "roles-listed");
        line.put("proof", listed.proof().digits());
        write(listed.who(), line);
        line.put("roles", listed.roles());
    }

    private static void write(Who who, ObjectNode line) {
        line.put("provider", who.provider());
        line.put("issuer", who.issuer());
        line.put("subject", who.subject());
    }
}
