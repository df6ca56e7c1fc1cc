package dev.credbroker.simulator.idp;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;

/** An X.509 certificate of version 1 that vouches for itself, as SAML metadata carries them. */
final class SelfSignedCertificate {

    private static final String COMMON_NAME = "2.5.4.3";
    private static final String SHA256_WITH_RSA = "1.2.840.113549.1.1.11";
    private static final String SHA256_WITH_ECDSA = "1.2.840.10045.4.3.2";
    private static final Duration VALIDITY = Duration.ofDays(3650);
    private static final Duration ALREADY_VALID = Duration.ofDays(1);

    private SelfSignedCertificate() {}

    static X509Certificate create(String name, KeyPair keys, Instant now) {
        try {
            byte[] algorithm = algorithm(keys);
            byte[] body = body(name, keys, now, algorithm);
            byte[] certificate = Der.sequence(body, algorithm, Der.bits(sign(keys, body)));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(certificate));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate for " + name, e);
        }
    }

    /** TBSCertificate (RFC 5280 §4.1); without the version it is version 1, which has no extensions. */
    private static byte[] body(String name, KeyPair keys, Instant now, byte[] algorithm) {
        byte[] subject = Der.sequence(Der.set(Der.sequence(Der.objectIdentifier(COMMON_NAME), Der.text(name))));
        return Der.sequence(
                Der.integer(new BigInteger(63, new SecureRandom())),
                algorithm,
                subject,
                Der.sequence(Der.time(now.minus(ALREADY_VALID)), Der.time(now.plus(VALIDITY))),
                subject,
                keys.getPublic().getEncoded());
    }

    private static byte[] algorithm(KeyPair keys) {
        return rsa(keys)
                ? Der.sequence(Der.objectIdentifier(SHA256_WITH_RSA), Der.nothing())
                : Der.sequence(Der.objectIdentifier(SHA256_WITH_ECDSA));
    }

    private static byte[] sign(KeyPair keys, byte[] body) throws GeneralSecurityException {
        Signature signature = Signature.getInstance(rsa(keys) ? "SHA256withRSA" : "SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        return signature.sign();
    }

    private static boolean rsa(KeyPair keys) {
        return keys.getPublic().getAlgorithm().equals("RSA");
    }
}
