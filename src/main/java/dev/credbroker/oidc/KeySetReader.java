package dev.credbroker.oidc;

import dev.credbroker.oidc.JsonValue.JsonArray;
import dev.credbroker.oidc.JsonValue.JsonObject;
import dev.credbroker.oidc.JsonValue.JsonText;
import java.security.PublicKey;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/**
 * Reads a JWK set (RFC 7517). Keys that cannot be used are left out, as section 5 asks: those without an id, for
 * encryption, of other kinds, weak, or not public. An id that two usable keys share names neither.
 *
 * @param algorithms what the issuer may sign with, in the order in which keys without {@code alg} choose
 */
record KeySetReader(List<JwsAlgorithm> algorithms) {

    /** What makes a public key of each kind (RFC 7518, section 6; RFC 8037, section 2). */
    private static final Map<String, List<String>> PUBLIC =
            Map.of("RSA", List.of("n", "e"), "EC", List.of("crv", "x", "y"), "OKP", List.of("crv", "x"));

    private static final Set<String> PRIVATE = Set.of("d", "p", "q", "dp", "dq", "qi", "oth", "k");
    private static final Pattern BASE64URL = Pattern.compile("[A-Za-z0-9_-]+");

    KeySetReader {
        algorithms = List.copyOf(algorithms);
    }

    Map<String, VerificationKey> read(byte[] json) throws KeysFetchException {
        Map<String, VerificationKey> usable = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (JsonValue element : keys(json)) {
            key(element)
                    .filter(key -> usable.putIfAbsent(key.id(), key) != null)
                    .ifPresent(key -> ambiguous.add(key.id()));
        }
        usable.keySet().removeAll(ambiguous);
        return usable;
    }

    private static List<JsonValue> keys(byte[] json) throws KeysFetchException {
        return StrictJson.object(json)
                .flatMap(set -> set.member("keys"))
                .filter(JsonArray.class::isInstance)
                .map(JsonArray.class::cast)
                .map(JsonArray::elements)
                .orElseThrow(() -> new KeysFetchException(KeysFailure.NOT_A_KEY_SET));
    }

    private Optional<VerificationKey> key(JsonValue element) {
        return element instanceof JsonObject jwk && verifies(jwk) && publicAlone(jwk)
                ? jwk.text("kid").filter(VerificationKey::fitsId).flatMap(id -> key(id, jwk))
                : Optional.empty();
    }

    private Optional<VerificationKey> key(String id, JsonObject jwk) {
        return material(jwk)
                .filter(KeyQuality::good)
                .flatMap(key -> algorithm(jwk, key).map(algorithm -> new VerificationKey(id, algorithm, key)));
    }

    /** RFC 7517, sections 4.2 and 4.3: where either is present it must allow what the key is used for here. */
    private static boolean verifies(JsonObject jwk) {
        boolean use = jwk.member("use").isEmpty() || jwk.text("use").equals(Optional.of("sig"));
        boolean operations = jwk.member("key_ops")
                .map(value -> value instanceof JsonArray(var all) && all.contains(new JsonText("verify")))
                .orElse(true);
        return use && operations;
    }

    /** A private key that anybody can fetch vouches for nothing. */
    private static boolean publicAlone(JsonObject jwk) {
        return Collections.disjoint(jwk.members().keySet(), PRIVATE);
    }

    private Optional<JwsAlgorithm> algorithm(JsonObject jwk, PublicKey key) {
        Optional<String> said = jwk.text("alg");
        if (said.isEmpty() && jwk.member("alg").isPresent()) {
            return Optional.empty();
        }
        return algorithms.stream()
                .filter(algorithm -> said.isEmpty() || algorithm.name().equals(said.get()))
                .filter(algorithm -> algorithm.suits(key))
                .findFirst();
    }

    private static Optional<PublicKey> material(JsonObject jwk) {
        Map<String, Object> members = new HashMap<>();
        for (String name : jwk.text("kty").map(PUBLIC::get).orElse(List.of("kty"))) {
            Optional<String> value =
                    jwk.text(name).filter(text -> BASE64URL.matcher(text).matches()); // the names of curves do, too
            if (value.isEmpty()) {
                return Optional.empty();
            }
            members.put(name, value.get());
        }
        jwk.text("kty").ifPresent(kind -> members.put("kty", kind));
        return parsed(members);
    }

    private static Optional<PublicKey> parsed(Map<String, Object> members) {
        try {
            return Optional.ofNullable(
                    PublicJsonWebKey.Factory.newPublicJwk(members).getPublicKey());
        } catch (JoseException | RuntimeException e) {
            return Optional
                    .empty(); // The library throws what its parsers throw; none of it is worth more than "no key".
        }
    }
}
