package dev.credbroker.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A server's key and its certificate, which vouches for itself; both also as files in PEM. */
public final class ServerCertificate {

    public static final char[] PASSWORD = "changeit".toCharArray();

    private static final String ALIAS = "server";

    private final Path folder;
    private final KeyStore store;

    private ServerCertificate(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * The JDK has no public interface to make a certificate with, but it comes with a program.
     *
     * @param folder is made
     * @param name whose it is, such as {@code ip:127.0.0.1}
     */
    public static ServerCertificate make(Path folder, String name) throws Exception {
        Path file = Files.createDirectories(folder).resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        ALIAS,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=test",
                        "-ext",
                        "san=" + name,
                        "-keystore",
                        file.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        String.valueOf(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            made.load(in, PASSWORD);
        }
        return new ServerCertificate(folder, made);
    }

    public KeyStore store() {
        return store;
    }

    public Path certificate() throws IOException, GeneralSecurityException {
        return pem("CERTIFICATE", store.getCertificate(ALIAS).getEncoded());
    }

    public Path key() throws IOException, GeneralSecurityException {
        return pem("PRIVATE KEY", store.getKey(ALIAS, PASSWORD).getEncoded());
    }

    private Path pem(String what, byte[] bytes) throws IOException {
        return Files.writeString(
                folder.resolve(what.replace(' ', '-') + ".pem"),
                "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
                        .formatted(what, Base64.getMimeEncoder().encodeToString(bytes)));
    }
}
