package dev.credbroker.saml;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Collection;
import java.util.List;

/**
 * The keys of certificates.
 *
 * <p>A certificate is an envelope for its key here: who issued it, and from when to when, is not judged, as the SAML
 * metadata interoperability profile has it (section 2.6.1). That the operator or the provider's metadata names it is what makes it trusted.
 */
final class Certificates {

    private static final int SHORTEST_RSA = 2048;
    private static final int SHORTEST_EC = 256;
    private static final int MOST_KEYS = 3;

    private Certificates() {}

    /** The keys of all certificates in a text of PEM, or in one of DER. */
    static List<PublicKey> keys(byte[] certificates) throws UnusableMetadata {
        List<PublicKey> keys =
                parse(certificates).stream().map(Certificate::getPublicKey).toList();
        for (PublicKey key : keys) {
            if (!strong(key)) {
                throw new UnusableMetadata(MetadataFailure.WEAK_KEY);
            }
        }
        return keys;
    }

    static List<PublicKey> keys(String pem) throws UnusableMetadata {
        return keys(pem.getBytes(StandardCharsets.UTF_8));
    }

    /** One to three different keys out of {@code keys}: each of them is tried on every signature. */
    static List<PublicKey> few(List<PublicKey> keys) throws UnusableMetadata {
        List<PublicKey> different = keys.stream().distinct().toList();
        if (different.isEmpty()) {
            throw new UnusableMetadata(MetadataFailure.NO_SIGNING_CERTIFICATE);
        }
        if (different.size() > MOST_KEYS) {
            throw new UnusableMetadata(MetadataFailure.TOO_MANY_KEYS);
        }
        return different;
    }

    private static Collection<? extends Certificate> parse(byte[] certificates) throws UnusableMetadata {
        try {
            Collection<? extends Certificate> parsed = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(certificates));
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
