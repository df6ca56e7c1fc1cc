package dev.credbroker.oidc;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.jose4j.jca.ProviderContext;
import org.jose4j.jws.EcdsaUsingShaAlgorithm;
import org.jose4j.jws.EdDsaAlgorithm;
import org.jose4j.jws.JsonWebSignatureAlgorithm;
import org.jose4j.jws.RsaUsingShaAlgorithm;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The signature algorithms that are taken (RFC 7518, section 3.1; RFC 8037): asymmetric ones only. HMAC and {@code
 * none} have no constant here, so no configuration can let them in.
 */
enum JwsAlgorithm {
    RS256(new RsaUsingShaAlgorithm.RsaSha256(), "RSA"),
    RS384(new RsaUsingShaAlgorithm.RsaSha384(), "RSA"),
    RS512(new RsaUsingShaAlgorithm.RsaSha512(), "RSA"),
    PS256(new RsaUsingShaAlgorithm.RsaPssSha256(), "RSA"),
    PS384(new RsaUsingShaAlgorithm.RsaPssSha384(), "RSA"),
    PS512(new RsaUsingShaAlgorithm.RsaPssSha512(), "RSA"),
    ES256(new EcdsaUsingShaAlgorithm.EcdsaP256UsingSha256(), EllipticCurves.P_256),
    ES384(new EcdsaUsingShaAlgorithm.EcdsaP384UsingSha384(), EllipticCurves.P_384),
    ES512(new EcdsaUsingShaAlgorithm.EcdsaP521UsingSha512(), EllipticCurves.P_521),
    @SuppressWarnings("MemberName") // as RFC 8037 spells it
    EdDSA(new EdDsaAlgorithm(), "Ed25519");

    private static final ProviderContext JDK = new ProviderContext();

    @SuppressWarnings("ImmutableEnumChecker") // stateless, as the library shares it between threads itself
    private final JsonWebSignatureAlgorithm engine;

    private final String keyKind;

    JwsAlgorithm(JsonWebSignatureAlgorithm engine, String keyKind) {
        this.engine = engine;
        this.keyKind = keyKind;
    }

    /** By its exact name: {@code nOnE} and {@code rs256} are nobody. */
    static Optional<JwsAlgorithm> named(String name) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.name().equals(name))
                .findFirst();
    }

    boolean suits(PublicKey key) {
        return keyKind.equals(kindOf(key));
    }

    /** The library's exceptions say no more than "no": some malformed signatures are told by one. */
    boolean verifies(PublicKey key, byte[] signed, byte[] signature) {
        try {
            return signature.length == signatureLength(key) && engine.verifySignature(signature, key, signed, JDK);
        } catch (JoseException e) {
            return false;
        }
    }

    /**
     * RFC 7518, sections 3.3 to 3.5, and RFC 8032, section 5.1.6: neither shorter nor longer, so no DER and no padding.
     */
    private static int signatureLength(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> bytes(rsa.getModulus().bitLength());
            case ECPublicKey ec -> 2 * bytes(ec.getParams().getOrder().bitLength());
            default -> 64;
        };
    }

    private static int bytes(int bits) {
        return (bits + 7) / 8;
    }

    private static String kindOf(PublicKey key) {
        return switch (key) {
            case RSAPublicKey _ -> "RSA";
            case ECPublicKey ec ->
                String.valueOf(EllipticCurves.getName(ec.getParams().getCurve()));
            case EdECPublicKey edwards -> edwards.getParams().getName();
            default -> "";
        };
    }
}
