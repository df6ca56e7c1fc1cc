package dev.credbroker.simulator.idp;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;

/** Certificates that vouch for themselves, with their keys, in the forms in which tools write them. */
public final class PemPairs {

    /** A form of a private key. */
    public enum Form {
        RSA_PKCS8,
        RSA_PKCS1,
        EC_PKCS8,
        EC_SEC1
    }

    /** Both in PEM. */
    public record Pair(String certificate, String key) {}

    private PemPairs() {}

    public static Pair make(Form form) {
        boolean rsa = form.name().startsWith("RSA");
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(rsa ? "RSA" : "EC");
            generator.initialize(rsa ? 2048 : 256);
            KeyPair keys = generator.generateKeyPair();
            byte[] certificate = SelfSignedCertificate.create("localhost", keys, Instant.now())
                    .getEncoded();
            return new Pair(
                    pem("CERTIFICATE", certificate), key(form, keys.getPrivate().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String key(Form form, byte[] pkcs8) {
        return switch (form) {
            case RSA_PKCS8, EC_PKCS8 -> pem("PRIVATE KEY", pkcs8);
            case RSA_PKCS1 -> pem("RSA PRIVATE KEY", inner(pkcs8));
            case EC_SEC1 -> pem("EC PRIVATE KEY", inner(pkcs8));
        };
    }

    /** The older form is the octet string that ends the newer one: its content is a sequence again. */
    private static byte[] inner(byte[] pkcs8) {
        int at = headerLength(pkcs8, 0);
        at += headerLength(pkcs8, at) + length(pkcs8, at);
        at += headerLength(pkcs8, at) + length(pkcs8, at);
        int begin = at + headerLength(pkcs8, at);
        return Arrays.copyOfRange(pkcs8, begin, begin + length(pkcs8, at));
    }

    private static int headerLength(byte[] der, int at) {
        return (der[at + 1] & 0x80) == 0 ? 2 : 2 + (der[at + 1] & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int bytes = headerLength(der, at) - 2;
        int length = bytes == 0 ? der[at + 1] : 0;
        for (int i = 0; i < bytes; i++) {
            length = (length << 8) | (der[at + 2 + i] & 0xff);
        }
        return length;
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(label, Base64.getMimeEncoder().encodeToString(der), label);
    }
}
