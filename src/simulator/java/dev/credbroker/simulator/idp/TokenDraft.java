package dev.credbroker.simulator.idp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * A JWT before it is signed: valid as it starts, and as odd as a test wants it.
 *
 * <p>Starts with {@code iss}, {@code iat} of now, {@code exp} one hour later and a random {@code jti}, signed with RS256
 * if the provider has a key for it.
 * Whatever is set later overrides what was set earlier.
 */
public final class TokenDraft {

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Function<JwtAlgorithm, JwtKey> keys;
    private final Map<String, Object> header = new LinkedHashMap<>();
    private final Map<String, Object> claims = new LinkedHashMap<>();
    private JwtKey key;

    TokenDraft(String issuer, Instant now, JwtKey usual, Function<JwtAlgorithm, JwtKey> keys) {
        this.keys = keys;
        this.key = usual;
        signedWith(key).header("typ", "JWT");
        claim("iss", issuer)
                .issuedAt(now)
                .expires(now.plus(LIFETIME))
                .claim("jti", UUID.randomUUID().toString());
    }

    public TokenDraft subject(String subject) {
        return claim("sub", subject);
    }

    /** One audience becomes a string, several an array (RFC 7519 §4.1.3). */
    public TokenDraft audience(String... audiences) {
        return claim("aud", audiences.length == 1 ? audiences[0] : List.of(audiences));
    }

    public TokenDraft authorizedParty(String client) {
        return claim("azp", client);
    }

    public TokenDraft issuedAt(Instant moment) {
        return claim("iat", moment.getEpochSecond());
    }

    public TokenDraft expires(Instant moment) {
        return claim("exp", moment.getEpochSecond());
    }

    public TokenDraft notBefore(Instant moment) {
        return claim("nbf", moment.getEpochSecond());
    }

    /** Any claim with any value that Jackson can write, nested maps and lists included. */
    public TokenDraft claim(String name, Object value) {
        claims.put(name, value);
        return this;
    }

    public TokenDraft claims(Map<String, ?> more) {
        claims.putAll(more);
        return this;
    }

    public TokenDraft withoutClaim(String name) {
        claims.remove(name);
        return this;
    }

    /** Signs with the provider's key for this algorithm, and says so in {@code alg} and {@code kid}. */
    public TokenDraft algorithm(JwtAlgorithm algorithm) {
        return signedWith(keys.apply(algorithm));
    }

    /** Signs with any key, published or not, and says so in {@code alg} and {@code kid}. */
    public TokenDraft signedWith(JwtKey other) {
        key = other;
        return header("alg", other.algorithm().identifier()).header("kid", other.keyId());
    }

    /** Overrides what the header says, not what is done: {@code header("alg", "none")} still carries a signature. */
    public TokenDraft header(String name, Object value) {
        header.put(name, value);
        return this;
    }

    public TokenDraft withoutHeader(String name) {
        header.remove(name);
        return this;
    }

    /** The compact serialization (RFC 7515 §7.1). */
    public String sign() {
        String input = encode(header) + "." + encode(claims);
        return input + "." + base64(key.sign(input.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String encode(Map<String, Object> members) {
        try {
            return base64(JSON.writeValueAsBytes(members));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not to be written as JSON", e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
