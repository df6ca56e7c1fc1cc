package dev.credbroker.simulator.sts;

import static org.jose4j.jwa.AlgorithmConstraints.ConstraintType.PERMIT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;

/** Is this web identity token genuine, in time, and addressed to a registered audience? */
final class WebIdentityVerifier {

    /** RSA and ECDSA with the usual digests: STS takes nothing else. */
    private static final List<String> ALGORITHMS = List.of("RS256", "RS384", "RS512", "ES256", "ES384", "ES512");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, OidcProvider> providers;
    private final InstantSource clock;

    WebIdentityVerifier(Map<String, OidcProvider> providers, InstantSource clock) {
        this.providers = providers;
        this.clock = clock;
    }

    WebIdentity verify(String token) {
        JsonWebSignature signature = parse(token);
        JsonNode claims = claims(signature);
        OidcProvider provider = provider(claims.path("iss").asText());
        checkSignature(signature, provider);
        String audience = audience(claims, provider);
        checkTimes(claims);
        return new WebIdentity(provider.issuer(), required(claims, "sub").asText(), audience, claims);
    }

    private static JsonWebSignature parse(String token) {
        try {
            JsonWebSignature signature = new JsonWebSignature();
            signature.setCompactSerialization(token);
            if (Optional.ofNullable(signature.getAlgorithmHeaderValue())
                    .filter(ALGORITHMS::contains)
                    .isEmpty()) {
                throw invalid("Token signed with an algorithm other than RS and ES");
            }
            signature.setAlgorithmConstraints(new AlgorithmConstraints(PERMIT, ALGORITHMS.toArray(String[]::new)));
            return signature;
        } catch (JoseException e) {
            throw notAToken();
        }
    }

    private static JsonNode claims(JsonWebSignature signature) {
        try {
            JsonNode claims = JSON.readTree(signature.getUnverifiedPayload());
            if (claims.isObject()) {
                return claims;
            }
            throw notAToken();
        } catch (JsonProcessingException e) {
            throw notAToken();
        }
    }

    private OidcProvider provider(String issuer) {
        return Optional.ofNullable(providers.get(issuer))
                .orElseThrow(() -> invalid("No OpenIDConnect provider found in your account for " + issuer));
    }

    private static void checkSignature(JsonWebSignature signature, OidcProvider provider) {
        try {
            signature.setKey(key(signature, provider).getKey());
            if (!signature.verifySignature()) {
                throw invalid("Token signature invalid");
            }
        } catch (JoseException e) {
            throw invalid("Token signature invalid");
        } catch (IOException e) {
            throw new StsRejection(StsError.idpCommunication());
        }
    }

    private static JsonWebKey key(JsonWebSignature signature, OidcProvider provider) throws IOException {
        return keys(provider).stream()
                .filter(key -> key.getKeyId() != null && key.getKeyId().equals(signature.getKeyIdHeaderValue()))
                .findFirst()
                .orElseThrow(() -> new StsRejection(StsError.verificationKeyNotRetrieved()));
    }

    private static List<JsonWebKey> keys(OidcProvider provider) throws IOException {
        try {
            return new JsonWebKeySet(provider.keys().json()).getJsonWebKeys();
        } catch (JoseException e) {
            return List.of();
        }
    }

    private static String audience(JsonNode claims, OidcProvider provider) {
        JsonNode audience = claims.path("aud");
        Stream<JsonNode> audiences = audience.isArray() ? audience.valueStream() : Stream.of(audience);
        return audiences
                .map(JsonNode::asText)
                .filter(provider.audiences()::contains)
                .findFirst()
                .orElseThrow(() -> invalid("Incorrect token audience"));
    }

    /** At the very second of {@code exp} the token has expired. */
    private void checkTimes(JsonNode claims) {
        Instant now = clock.instant();
        seconds(claims, "iat");
        Instant expires = seconds(claims, "exp");
        if (!now.isBefore(expires)) {
            throw new StsRejection(StsError.expiredIdentityToken(
                    "Token expired: current date/time %s must be before the expiration date/time %s"
                            .formatted(now, expires)));
        }
        if (claims.has("nbf") && now.isBefore(seconds(claims, "nbf"))) {
            throw invalid("Token is not yet valid");
        }
    }

    private static Instant seconds(JsonNode claims, String name) {
        JsonNode value = required(claims, name);
        if (!value.isIntegralNumber()) {
            throw invalid(name + " must be an integer");
        }
        return Instant.ofEpochSecond(value.asLong());
    }

    private static JsonNode required(JsonNode claims, String name) {
        if (!claims.has(name)) {
            throw invalid("Missing a required claim: " + name);
        }
        return claims.path(name);
    }

    private static StsRejection notAToken() {
        return invalid(
                "The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)");
    }

    private static StsRejection invalid(String message) {
        return new StsRejection(StsError.invalidIdentityToken(message));
    }
}
