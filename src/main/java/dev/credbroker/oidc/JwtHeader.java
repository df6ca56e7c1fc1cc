package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.util.Optional;
import java.util.Set;

/**
 * The header of a token: what it says about itself, before anything of it is believed.
 *
 * @param type the media type as it came
 */
record JwtHeader(JwsAlgorithm algorithm, String keyId, Optional<String> type) {

    /**
     * The certificate members say nothing that is used. All else is refused: {@code jwk}, {@code jku}, {@code x5u}
     * bring keys of the sender's choice, {@code crit}, {@code b64}, {@code zip}, {@code enc}, {@code cty} change what
     * the bytes mean (RFC 8725, section 3.10).
     */
    private static final Set<String> MEMBERS = Set.of("alg", "kid", "typ", "x5t", "x5t#S256", "x5c");

    static JwtHeader parse(byte[] json) throws JwtRefused {
        JsonObject header = StrictJson.object(json).orElseThrow(() -> new JwtRefused(JwtFlaw.HEADER));
        JwtRefused.unless(MEMBERS.containsAll(header.members().keySet()), JwtFlaw.HEADER_MEMBER);
        return new JwtHeader(algorithm(header), keyId(header), type(header));
    }

    private static JwsAlgorithm algorithm(JsonObject header) throws JwtRefused {
        return header.text("alg").flatMap(JwsAlgorithm::named).orElseThrow(() -> new JwtRefused(JwtFlaw.ALGORITHM));
    }

    private static String keyId(JsonObject header) throws JwtRefused {
        return header.text("kid").filter(VerificationKey::fitsId).orElseThrow(() -> new JwtRefused(JwtFlaw.KEY_ID));
    }

    private static Optional<String> type(JsonObject header) throws JwtRefused {
        Optional<JsonValue> type = header.member("typ");
        JwtRefused.unless(type.isEmpty() || type.get() instanceof JsonText, JwtFlaw.TYPE);
        return header.text("typ");
    }
}
