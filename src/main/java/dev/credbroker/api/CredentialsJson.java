package dev.credbroker.api;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.outcome.Issued;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The one body for all clients: {@code credential_process} wants {@code Version} and {@code SessionToken}, the container
 * provider {@code Token} and an {@code Expiration} that ends in {@code Z}.
 */
final class CredentialsJson {

    /** Exactly this, without {@code charset}: the AWS SDK for Go compares it as a text. */
    static final String MEDIA_TYPE = "application/json";

    private static final JsonFactory JSON = new JsonFactory();
    private static final int TYPICAL_SIZE = 4096;

    private CredentialsJson() {}

    static Answer answer(Issued issued) {
        return new Answer(
                200,
                Map.of(
                        "Content-Type", MEDIA_TYPE,
                        "Cache-Status", cacheStatus(issued),
                        "Broker-Duration", issued.duration().toString()),
                body(issued.credentials()));
    }

    /** RFC 9211: what the cache did, and for how many seconds the session still lasts. */
    private static String cacheStatus(Issued issued) {
        String ttl = "; ttl=" + issued.remaining().toSeconds();
        return "credential-broker; "
                + switch (issued.source()) {
                    case HIT -> "hit" + ttl;
                    case KEPT -> "hit" + ttl + "; detail=not-renewed";
                    case MISS -> "fwd=miss; " + stored(issued) + ttl;
                    case RENEWED -> "fwd=stale; " + stored(issued) + ttl;
                };
    }

    private static String stored(Issued issued) {
        return issued.shared() ? "collapsed" : "stored";
    }

    private static byte[] body(SessionCredentials credentials) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(TYPICAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeNumberField("Version", 1);
            json.writeStringField("AccessKeyId", credentials.accessKeyId());
            json.writeStringField(
                    "SecretAccessKey", credentials.secretAccessKey().reveal());
            json.writeStringField("SessionToken", credentials.sessionToken().reveal());
            json.writeStringField("Token", credentials.sessionToken().reveal());
            json.writeStringField("Expiration", credentials.expiration().toString());
            json.writeStringField("AccountId", credentials.account());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("memory can always be written", e);
        }
        return bytes.toByteArray();
    }
}
