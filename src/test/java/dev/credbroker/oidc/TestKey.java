package dev.credbroker.oidc;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jwa.AlgorithmFactoryFactory;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.lang.JoseException;

/** A key pair of an issuer in the tests: signs whatever text it is given, sensible or not. */
public record TestKey(String id, String algorithm, KeyPair pair) {

    public static final TestKey RSA = rsa("rsa-1", "RS256", 2048);
    public static final TestKey OTHER_RSA = rsa("rsa-2", "RS256", 2048);
    public static final TestKey EC = ec("ec-1", "ES256", "secp256r1");
    public static final TestKey EC384 = ec("ec-384", "ES384", "secp384r1");
    public static final TestKey EC521 = ec("ec-521", "ES512", "secp521r1");
    public static final TestKey ED = generated("ed-1", "EdDSA", "Ed25519");

    /** The key of RFC 7515, appendix A.3, which everybody knows: what it has signed can be written down in a file. */
    static final TestKey KNOWN = known("known", "ES256", """
            {"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
            "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI"}""");

    private static TestKey known(String id, String algorithm, String jwk) {
        try {
            PublicJsonWebKey key = PublicJsonWebKey.Factory.newPublicJwk(jwk);
            return new TestKey(id, algorithm, new KeyPair(key.getPublicKey(), key.getPrivateKey()));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static TestKey rsa(String id, String algorithm, int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4));
            return new TestKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestKey rsaWithExponent(String id, BigInteger exponent) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(2048, exponent));
            return new TestKey(id, "RS256", generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestKey ec(String id, String algorithm, String curve) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec(curve));
            return new TestKey(id, algorithm, generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static TestKey generated(String id, String algorithm, String generator) {
        try {
            return new TestKey(
                    id, algorithm, KeyPairGenerator.getInstance(generator).generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public TestKey as(String otherId) {
        return new TestKey(otherId, algorithm, pair);
    }

    TestKey with(String otherAlgorithm) {
        return new TestKey(id, otherAlgorithm, pair);
    }

    /** The compact form of what is signed, and the signature. */
    public String sign(byte[] header, byte[] claims) {
        String signed = encoded(header) + "." + encoded(claims);
        return signed + "." + encoded(signature(signed));
    }

    public byte[] signature(String signed) {
        try {
            JsonWebSignatureAlgorithm engine = AlgorithmFactoryFactory.getInstance()
                    .getJwsAlgorithmFactory()
                    .getAlgorithm(algorithm);
            ProviderContext jdk = new ProviderContext();
            return engine.sign(
                    engine.prepareForSign(pair.getPrivate(), jdk), signed.getBytes(StandardCharsets.US_ASCII));
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As the issuer publishes it, with {@code kid}, {@code use} and {@code alg}. */
    public Map<String, Object> jwk() {
        Map<String, Object> jwk = new HashMap<>(jwkWithoutAlgorithm());
        jwk.put("alg", algorithm);
        return jwk;
    }

    Map<String, Object> jwkWithoutAlgorithm() {
        try {
            Map<String, Object> jwk = new HashMap<>(PublicJsonWebKey.Factory.newPublicJwk(pair.getPublic())
                    .toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY));
            jwk.put("kid", id);
            jwk.put("use", "sig");
            return jwk;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
