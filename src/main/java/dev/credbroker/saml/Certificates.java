package dev.credbroker.saml;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;

/**
 * The keys of certificates.
 *
 * <p>A certificate is an envelope for its key here: who issued it is not judged, and its dates only where the operator
 * wants it, as the SAML metadata interoperability profile has it (section 2.6.1). That the operator or the provider's
 * metadata names it is what makes it trusted.
 */
final class Certificates {

    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_EC = 256;
    private static final int MOST_KEYS = 3;

    private Certificates() {}

    /** The keys of all certificates in a text of PEM, or in one of DER. */
    static List<CertifiedKey> keys(byte[] certificates) throws UnusableMetadata {
        List<CertifiedKey> keys =
                parse(certificates).stream().map(CertifiedKey::of).toList();
        for (CertifiedKey key : keys) {
            if (!strong(key.key())) {
                throw new UnusableMetadata(MetadataFailure.WEAK_KEY);
            }
        }
        return keys;
    }

    static List<CertifiedKey> keys(String pem) throws UnusableMetadata {
        return keys(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** One to three different keys, each of which may have several certificates: all of them are tried on every signature. */
    static List<CertifiedKey> few(List<CertifiedKey> keys) throws UnusableMetadata {
        long different = keys.stream().map(CertifiedKey::key).distinct().count();
        if (different == 0) {
            throw new UnusableMetadata(MetadataFailure.NO_SIGNING_CERTIFICATE);
        }
        if (different > MOST_KEYS) {
            throw new UnusableMetadata(MetadataFailure.TOO_MANY_KEYS);
        }
        return keys.stream().distinct().toList();
    }

    private static List<X509Certificate> parse(byte[] certificates) throws UnusableMetadata {
        try {
            List<X509Certificate> parsed =
                    CertificateFactory.getInstance("X.509")
                            .generateCertificates(new ByteArrayInputStream(certificates))
                            .stream()
                            .map(X509Certificate.class::cast)
                            .toList();
            if (parsed.isEmpty()) {
                throw new UnusableMetadata(MetadataFailure.UNPARSABLE_CERTIFICATE);
            }
            return parsed;
        } catch (CertificateException e) {
            throw new UnusableMetadata(MetadataFailure.UNPARSABLE_CERTIFICATE);
        }
    }

    private static boolean strong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= SHORTEST_RSA;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= SHORTEST_EC;
            default -> false;
        };
    }
}
