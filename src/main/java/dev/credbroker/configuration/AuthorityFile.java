package dev.credbroker.configuration;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A PEM file with certificates of authorities: they alone are trusted. */
public final class AuthorityFile {

    private AuthorityFile() {}

    /** @throws IllegalArgumentException if the file holds no certificate or cannot be read */
    public static SSLContext trust(Path file) {
        try {
            Collection<? extends Certificate> authorities = certificates(file);
            if (authorities.isEmpty()) {
                throw new IllegalArgumentException("there is no certificate in the file");
            }
            return trust(authorities);
        } catch (IOException e) {
            throw new IllegalArgumentException("there is no such file that can be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the file does not hold certificates as PEM", e);
        }
    }

    private static Collection<? extends Certificate> certificates(Path file)
            throws IOException, GeneralSecurityException {
        try (InputStream pem = Files.newInputStream(file)) {
            return CertificateFactory.getInstance("X.509").generateCertificates(pem);
        }
    }

    private static SSLContext trust(Collection<? extends Certificate> authorities)
            throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        for (Certificate authority : authorities) {
            store.setCertificateEntry("authority-" + store.size(), authority);
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
