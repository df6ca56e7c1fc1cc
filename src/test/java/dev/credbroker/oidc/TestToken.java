package dev.credbroker.oidc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A token that passes every check, until a test changes one thing of it. Immutable. */
public record TestToken(TestKey key, Map<String, Object> header, Map<String, Object> claims) {

    static final ObjectMapper JSON = new ObjectMapper();

    public static TestToken of(String issuer, TestKey key) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("alg", key.algorithm());
        header.put("kid", key.id());
        header.put("typ", "JWT");
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issuer);
        claims.put("sub", "alice");
        claims.put("aud", "credential-broker");
        claims.put("iat", TestClock.START.getEpochSecond());
        claims.put("exp", TestClock.START.plusSeconds(600).getEpochSecond());
        claims.put("jti", "token-1");
        claims.put("groups", List.of("uploaders", "data"));
        return new TestToken(key, header, claims);
    }

    public TestToken with(String claim, Object value) {
        return new TestToken(key, header, changed(claims, claim, value));
    }

    public TestToken with(String claim, Instant moment) {
        return with(claim, moment.getEpochSecond());
    }

    public TestToken without(String claim) {
        return new TestToken(key, header, removed(claims, claim));
    }

    public TestToken header(String name, Object value) {
        return new TestToken(key, changed(header, name, value), claims);
    }

    public TestToken withoutHeader(String name) {
        return new TestToken(key, removed(header, name), claims);
    }

    /** Signed by another key, everything else being the same. */
    public TestToken signedBy(TestKey other) {
        return new TestToken(other, header, claims);
    }

    public String text() {
        return text(json(header), json(claims));
    }

    /** Header and claims to the letter. */
    public String text(String headerJson, String claimsJson) {
        return key.sign(headerJson.getBytes(StandardCharsets.UTF_8), claimsJson.getBytes(StandardCharsets.UTF_8));
    }

    /** The claims' JSON with some text in it replaced, signed. */
    public String replacing(String part, String other) {
        return text(json(header), replaced(json(claims), part, other));
    }

    public String replacingInHeader(String part, String other) {
        return text(replaced(json(header), part, other), json(claims));
    }

    public Secret secret() {
        return Secret.of(text());
    }

    static String json(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String replaced(String json, String part, String other) {
        if (!json.contains(part)) {
            throw new IllegalArgumentException(part + " is not in " + json);
        }
        return json.replace(part, other);
    }

    private static Map<String, Object> changed(Map<String, Object> members, String name, Object value) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.put(name, value);
        return changed;
    }

    private static Map<String, Object> removed(Map<String, Object> members, String name) {
        Map<String, Object> changed = new LinkedHashMap<>(members);
        changed.remove(name);
        return changed;
    }
}
