package dev.credbroker.saml;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;

/**
 * A key with which a provider signs, out of a certificate.
 *
 * @param notBefore from when the certificate says that it is valid
 * @param notAfter until when, that moment included (RFC 5280 4.1.2.5)
 */
record CertifiedKey(PublicKey key, Instant notBefore, Instant notAfter) {

    static CertifiedKey of(X509Certificate certificate) {
        return new CertifiedKey(
                certificate.getPublicKey(),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }

    /** Whether {@code now} lies within the dates; no clock skew is granted, as nobody's other clock takes part. */
    boolean dated(Instant now) {
        return !now.isBefore(notBefore) && !now.isAfter(notAfter);
    }
}
