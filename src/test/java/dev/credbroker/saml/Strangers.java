package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlKey;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;

/** Keys that the broker was never told to trust. */
final class Strangers {

    static final SamlKey RSA = SamlKey.rsa("stranger", TrustedProvider.NOW);
    static final SamlKey ECDSA = SamlKey.ecdsa("stranger", TrustedProvider.NOW);

    /** Of 1024 bits. */
    static final SamlKey WEAK = new SamlKey(weak(), RSA.certificate());

    private Strangers() {}

    /** A stranger's key under somebody else's certificate. */
    static SamlKey posingAs(SamlKey other) {
        return new SamlKey(RSA.keys(), other.certificate());
    }

    private static KeyPair weak() {
        try {
            KeyPairGenerator keys = KeyPairGenerator.getInstance("RSA");
            keys.initialize(1024);
            return keys.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has RSA", e);
        }
    }
}
