package dev.credbroker.wiring;

import dev.credbroker.configuration.Findings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the PEM files of HTTPS before they are used: Quarkus says that the program has failed and not why, and takes a
 * key that is another certificate's. No finding quotes what is in a file.
 */
final class PemFiles {

    /** PKCS #8, and the older forms of RSA (PKCS #1) and of elliptic curves (SEC 1). */
    private static final Pattern KEY = Pattern.compile(
            "-----BEGIN (RSA |EC )?PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END (?:RSA |EC )?PRIVATE KEY-----");

    private static final byte[] MESSAGE = "credential-broker".getBytes(StandardCharsets.US_ASCII);

    private PemFiles() {}

    /** Certificates of which one at least must be there; the first is what a key must belong to. */
    static Optional<Certificate> certificate(String property, String file, Findings findings) {
        return read(property, file, findings).flatMap(text -> {
            try {
                List<Certificate> all = List.copyOf(CertificateFactory.getInstance("X.509")
                        .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))));
                if (!all.isEmpty()) {
                    return Optional.of(all.getFirst());
                }
            } catch (GeneralSecurityException e) {
                // Said below: what the parser says may quote the file.
            }
            findings.add(property, "%s holds no certificate in PEM".formatted(file));
            return Optional.empty();
        });
    }

    static void key(String property, String file, Optional<Certificate> certificate, Findings findings) {
        read(property, file, findings).ifPresent(text -> {
            Matcher key = KEY.matcher(text);
            if (!key.find()) {
                findings.add(
                        property,
                        "%s holds no unencrypted private key in PEM, such as openssl pkcs8 -topk8 -nodes writes"
                                .formatted(file));
            } else if (certificate.isPresent()
                    && !belongs(key, certificate.get().getPublicKey())) {
                findings.add(
                        property,
                        "%s is not the key of the certificate beside it: give both from the same issue"
                                .formatted(file));
            }
        });
    }

    /** For those that are not PEM and have passwords. */
    static void readable(String property, String file, Findings findings) {
        if (!Files.isReadable(Path.of(file))) {
            findings.add(property, unreadable(file));
        }
    }

    private static Optional<String> read(String property, String file, Findings findings) {
        try {
            return Optional.of(Files.readString(Path.of(file), StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            findings.add(property, unreadable(file));
            return Optional.empty();
        }
    }

    private static String unreadable(String file) {
        return "%s cannot be read: it must be there, and the program's user must be allowed to".formatted(file);
    }

    private static boolean belongs(Matcher key, PublicKey certified) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(key.group(2));
            byte[] pkcs8 = key.group(1) == null ? der : pkcs8(der, certified);
            PrivateKey own =
                    KeyFactory.getInstance(certified.getAlgorithm()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            return verifies(own, certified);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean verifies(PrivateKey own, PublicKey certified) throws GeneralSecurityException {
        String algorithm = switch (certified.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> certified.getAlgorithm();
        };
        Signature signing = Signature.getInstance(algorithm);
        signing.initSign(own);
        signing.update(MESSAGE);
        Signature verifying = Signature.getInstance(algorithm);
        verifying.initVerify(certified);
        verifying.update(MESSAGE);
        return verifying.verify(signing.sign());
    }

    /** The older forms do not name their algorithm; if the key belongs to the certificate, it is the certificate's. */
    private static byte[] pkcs8(byte[] key, PublicKey certified) {
        byte[] info = certified.getEncoded();
        int begin = headerLength(info, 0);
        int end = begin + headerLength(info, begin) + length(info, begin);
        byte[] algorithm = Arrays.copyOfRange(info, begin, end);
        return tagged(0x30, join(new byte[] {2, 1, 0}, algorithm, tagged(0x04, key)));
    }

    private static int headerLength(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return first < 0x80 ? 2 : 2 + (first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = 0;
        for (int i = at + 2; i < at + headerLength(der, at); i++) {
            length = (length << 8) | (der[i] & 0xff);
        }
        return first < 0x80 ? first : length;
    }

    private static byte[] tagged(int tag, byte[] content) {
        byte[] header = {
            (byte) tag, (byte) 0x83, (byte) (content.length >> 16), (byte) (content.length >> 8), (byte) content.length
        };
        return join(header, content);
    }

    private static byte[] join(byte[]... parts) {
        byte[] whole =
                new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }
}
