package dev.credbroker.simulator.idp;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;

/** A key that signs SAML, with the certificate by which it is known. */
public record SamlKey(KeyPair keys, X509Certificate certificate) {

    /** RSA of 2048 bits. */
    public static SamlKey rsa(String name, Instant now) {
        return of(name, KeyKind.RSA, now);
    }

    /** ECDSA on P-256. */
    public static SamlKey ecdsa(String name, Instant now) {
        return of(name, KeyKind.P256, now);
    }

    private static SamlKey of(String name, KeyKind kind, Instant now) {
        KeyPair keys = kind.newKeys();
        return new SamlKey(keys, SelfSignedCertificate.create(name, keys, now));
    }

    @Override
    public String toString() {
        return certificate.getSubjectX500Principal().getName();
    }
}
