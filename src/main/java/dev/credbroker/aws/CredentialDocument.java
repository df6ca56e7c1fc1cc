package dev.credbroker.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.credbroker.secret.Secret;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Temporary credentials as every AWS client reads them, written once for all who are given them.
 *
 * <p>One JSON object serves two contracts: {@code credential_process} wants {@code Version} and {@code SessionToken}, the
 * container provider {@code Token} and an {@code Expiration} that ends in {@code Z}. Each ignores what is the other's.
 *
 * @param json in ASCII, all else escaped
 * @param expiration as STS said, in whole seconds
 */
public record CredentialDocument(String accessKeyId, Secret json, Instant expiration) {

    private static final JsonFactory JSON =
            new JsonFactoryBuilder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
    private static final int TYPICAL_SIZE = 4096;

    /** The document of {@code credentials}. */
    public static CredentialDocument of(SessionCredentials credentials) {
        return new CredentialDocument(
                credentials.accessKeyId(), Secret.of(json(credentials)), credentials.expiration());
    }

    /** What is left at {@code now}; negative once they have expired. */
    public Duration remaining(Instant now) {
        return Duration.between(now, expiration);
    }

    private static String json(SessionCredentials credentials) {
        StringWriter text = new StringWriter(TYPICAL_SIZE);
        try (JsonGenerator json = JSON.createGenerator(text)) {
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
        return text.toString();
    }
}
