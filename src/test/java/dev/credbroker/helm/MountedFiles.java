package dev.credbroker.helm;

import dev.credbroker.simulator.idp.PemPairs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;

/** What a pod finds in its mounts: the files of ConfigMaps and Secrets, and the token of its service account. */
public final class MountedFiles {

    private static final String OURS = "/etc/credential-broker";
    private static final String CLUSTER = "/var/run/secrets/kubernetes.io/serviceaccount";

    private final Path root;

    private MountedFiles(Path root) {
        this.root = root;
    }

    public static MountedFiles in(Path root) throws IOException {
        PemPairs.Pair pair = PemPairs.make(PemPairs.Form.EC_PKCS8);
        Map<String, String> contents = Map.of(
                "tls/tls.crt", pair.certificate(),
                "tls/tls.key", pair.key(),
                "client-ca/ca.crt", pair.certificate(),
                "redis/key-2026-11", sealingKey(),
                "redis/key-2026-08", sealingKey(),
                "redis/password", "password",
                "redis/ca.crt", pair.certificate(),
                "cluster/ca.crt", pair.certificate(),
                "cluster/token", "token");
        for (Map.Entry<String, String> file : contents.entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
        }
        return new MountedFiles(root);
    }

    /** The configuration, with the paths of the pod led here. */
    public String configuration(Rendered rendered) throws IOException {
        for (Map.Entry<String, String> file : rendered.files().entrySet()) {
            Files.createDirectories(root.resolve("files"));
            Files.writeString(root.resolve("files").resolve(file.getKey()), file.getValue());
        }
        return rendered.configuration()
                .replace(OURS, root.toString())
                .replace(CLUSTER, root.resolve("cluster").toString());
    }

    private static String sealingKey() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return Base64.getEncoder().encodeToString(key);
    }
}
