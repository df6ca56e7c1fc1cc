package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonBoolean;
import dev.credbroker.oidc.JsonValue.JsonNull;
import dev.credbroker.oidc.JsonValue.JsonNumber;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import dev.credbroker.secret.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The digest of a token's claims: every value is written as its kind, its length and its content, so that no two
 * different sets of claims are written alike. Members are sorted, since their order means nothing; the elements of
 * arrays are not.
 */
final class ClaimsDigest {

    private static final String VERSION = "credential-broker claims 1";

    private final DataOutputStream out;

    private ClaimsDigest(DataOutputStream out) {
        this.out = out;
    }

    static String of(JsonObject claims, Set<String> without) {
        Map<String, JsonValue> members = new TreeMap<>(claims.members());
        members.keySet().removeAll(without);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ClaimsDigest digest = new ClaimsDigest(new DataOutputStream(bytes));
            digest.text(VERSION);
            digest.write(new JsonObject(members));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return HexFormat.of().formatHex(Sha256.begin().digest(bytes.toByteArray()));
    }

    private void write(JsonValue value) throws IOException {
        switch (value) {
            case JsonText(String text) -> tagged('t', text);
            case JsonNumber(String text) -> tagged('n', text);
            case JsonBoolean(boolean truth) -> out.writeByte(truth ? '1' : '0');
            case JsonNull _ -> out.writeByte('-');
            case JsonArray(var elements) -> {
                out.writeByte('a');
                out.writeInt(elements.size());
                for (JsonValue element : elements) {
                    write(element);
                }
            }
            case JsonObject(var members) -> {
                out.writeByte('o');
                out.writeInt(members.size());
                for (Map.Entry<String, JsonValue> member : new TreeMap<>(members).entrySet()) {
                    text(member.getKey());
                    write(member.getValue());
                }
            }
        }
    }

    private void tagged(char kind, String text) throws IOException {
        out.writeByte(kind);
        text(text);
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
