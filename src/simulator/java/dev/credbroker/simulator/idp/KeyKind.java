package dev.credbroker.simulator.idp;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** What a signing key is made of. */
enum KeyKind {
    RSA("RSA", new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4)),
    P256("EC", new ECGenParameterSpec("secp256r1")),
    P384("EC", new ECGenParameterSpec("secp384r1")),
    P521("EC", new ECGenParameterSpec("secp521r1")),
    ED25519("Ed25519", NamedParameterSpec.ED25519);

    private final String generator;

    @SuppressWarnings("ImmutableEnumChecker") // the specifications of the JDK never change
    private final AlgorithmParameterSpec parameters;

    KeyKind(String generator, AlgorithmParameterSpec parameters) {
        this.generator = generator;
        this.parameters = parameters;
    }

    KeyPair newKeys() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance(generator);
            keys.initialize(parameters);
            return keys.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK makes keys of kind " + this, e);
        }
    }
}
