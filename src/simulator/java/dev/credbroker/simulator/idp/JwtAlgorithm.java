package dev.credbroker.simulator.idp;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import org.jspecify.annotations.Nullable;

/** A JWS algorithm (RFC 7518 §3, RFC 8037) with the kind of key that it signs with. */
public enum JwtAlgorithm {
    RS256("RS256", "SHA256withRSA", KeyKind.RSA, null),
    RS384("RS384", "SHA384withRSA", KeyKind.RSA, null),
    RS512("RS512", "SHA512withRSA", KeyKind.RSA, null),
    PS256("PS256", "RSASSA-PSS", KeyKind.RSA, pss("SHA-256", MGF1ParameterSpec.SHA256, 32)),
    PS384("PS384", "RSASSA-PSS", KeyKind.RSA, pss("SHA-384", MGF1ParameterSpec.SHA384, 48)),
    PS512("PS512", "RSASSA-PSS", KeyKind.RSA, pss("SHA-512", MGF1ParameterSpec.SHA512, 64)),
    ES256("ES256", "SHA256withECDSAinP1363Format", KeyKind.P256, null),
    ES384("ES384", "SHA384withECDSAinP1363Format", KeyKind.P384, null),
    ES512("ES512", "SHA512withECDSAinP1363Format", KeyKind.P521, null),
    EDDSA("EdDSA", "Ed25519", KeyKind.ED25519, null);

    private final String identifier;
    private final String signature;
    private final KeyKind kind;

    @SuppressWarnings("ImmutableEnumChecker") // the specifications of the JDK never change
    private final @Nullable AlgorithmParameterSpec parameters;

    JwtAlgorithm(String identifier, String signature, KeyKind kind, @Nullable AlgorithmParameterSpec parameters) {
        this.identifier = identifier;
        this.signature = signature;
        this.kind = kind;
        this.parameters = parameters;
    }

    /** As in the header's {@code alg}. */
    public String identifier() {
        return identifier;
    }

    KeyPair newKeys() {
        return kind.newKeys();
    }

    byte[] sign(PrivateKey key, byte[] input) {
        try {
            Signature signing = Signature.getInstance(signature);
            if (parameters != null) {
                signing.setParameter(parameters);
            }
            signing.initSign(key);
            signing.update(input);
            return signing.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this key cannot sign with " + identifier, e);
        }
    }

    private static PSSParameterSpec pss(String digest, MGF1ParameterSpec mask, int saltLength) {
        return new PSSParameterSpec(digest, "MGF1", mask, saltLength, PSSParameterSpec.TRAILER_FIELD_BC);
    }
}
