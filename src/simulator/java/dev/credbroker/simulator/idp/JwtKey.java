package dev.credbroker.simulator.idp;

import java.security.KeyPair;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;

/** A key that signs JWTs with one algorithm. */
public record JwtKey(String keyId, JwtAlgorithm algorithm, KeyPair keys) {

    /** A new key that nobody publishes, until somebody does. */
    public static JwtKey generate(String keyId, JwtAlgorithm algorithm) {
        return new JwtKey(keyId, algorithm, algorithm.newKeys());
    }

    /** The public part as a JSON Web Key. */
    public String json() {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(keys.getPublic());
            key.setKeyId(keyId);
            key.setUse("sig");
            key.setAlgorithm(algorithm.identifier());
            return key.toJson(OutputControlLevel.PUBLIC_ONLY);
        } catch (JoseException e) {
            throw new IllegalStateException("no JSON Web Key for " + algorithm, e);
        }
    }

    byte[] sign(byte[] input) {
        return algorithm.sign(keys.getPrivate(), input);
    }

    @Override
    public String toString() {
        return keyId;
    }
}
