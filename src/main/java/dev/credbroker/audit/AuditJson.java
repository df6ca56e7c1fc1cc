package dev.credbroker.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import dev.credbroker.secret.Fingerprint;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event as one line of JSON, by the schema in {@code docs/audit-log.md}. All that is not ASCII is escaped, so that no
 * subject can break a line, hide text or turn its direction.
 */
final class AuditJson {

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new Escapes())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private static final int USUAL = 1024;

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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL);
        try (JsonGenerator line = JSON.createGenerator(bytes)) {
            line.writeStartObject();
            line.writeStringField("time", event.time().toString());
            line.writeStringField("request", event.request().text());
            switch (event) {
                case SessionGiven given -> write(given, line);
                case SessionRefused refused -> write(refused, line);
                case RolesListed listed -> write(listed, line);
            }
            line.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("texts can always be written into memory", e);
        }
        return bytes.toByteArray();
    }

    private static void write(SessionGiven given, JsonGenerator line) throws IOException {
        Issued issued = given.issued();
        line.writeStringField("event", "session-given");
        line.writeStringField("proof", given.proof().digits());
        write(given.who(), line);
        line.writeStringField("role", given.role());
        line.writeStringField("roleArn", issued.role().toString());
        line.writeStringField("operation", given.operation().toString());
        line.writeStringField("requested", issued.duration().requested().toString());
        line.writeNumberField("grantedSeconds", issued.duration().granted().toSeconds());
        writeIfPresent("limitedBy", issued.duration().limit(), line);
        line.writeStringField("source", issued.source().toString());
        writeIfPresent("notRenewed", issued.notRenewed(), line);
        line.writeBooleanField("shared", issued.shared());
        line.writeStringField("accessKeyId", issued.credentials().accessKeyId());
        line.writeStringField("expiration", issued.credentials().expiration().toString());
    }

    private static void write(SessionRefused refused, JsonGenerator line) throws IOException {
        line.writeStringField("event", "session-refused");
        writeIfPresent("proof", refused.proof().map(Fingerprint::digits), line);
        if (refused.who().isPresent()) {
            write(refused.who().get(), line);
        } else {
            writeIfPresent("provider", refused.provider(), line);
        }
        writeIfPresent("role", refused.role(), line);
        line.writeStringField("code", refused.refusal().code());
        line.writeStringField("reason", refused.refusal().reason());
        if (refused.refusal() instanceof DurationExceedsMaximum excess) {
            line.writeNumberField("longestSeconds", excess.longestSeconds());
            line.writeStringField("limitedBy", excess.limit().toString());
        }
    }

    private static void write(RolesListed listed, JsonGenerator line) throws IOException {
        line.writeStringField("event", "roles-listed");
        line.writeStringField("proof", listed.proof().digits());
        write(listed.who(), line);
        line.writeNumberField("roles", listed.roles());
    }

    private static void write(Who who, JsonGenerator line) throws IOException {
        line.writeStringField("provider", who.provider());
        line.writeStringField("issuer", who.issuer());
        line.writeStringField("subject", who.subject());
    }

    private static void writeIfPresent(String name, Optional<?> value, JsonGenerator line) throws IOException {
        if (value.isPresent()) {
            line.writeStringField(name, value.get().toString());
        }
    }
}
