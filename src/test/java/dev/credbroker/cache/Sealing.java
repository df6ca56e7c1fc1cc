package dev.credbroker.cache;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** Keys and sessions to seal. */
final class Sealing {

    private Sealing() {}

    /** 32 bytes that look random and are the same for the same seed. */
    static SealingKey key(String id, int seed) {
        return new SealingKey(id, Secret.of(base64(seed)));
    }

    static String base64(int seed) {
        byte[] bytes = new byte[32];
        new Random(seed).nextBytes(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    static CredentialSealer sealer(SealingKey... keys) {
        return new CredentialSealer(List.copyOf(Arrays.asList(keys)), new SecureRandom());
    }

    static HeldSession session(String id, Instant exchanged, Duration lifetime) {
        return new HeldSession(
                CredentialDocument.of(new SessionCredentials(
                        id,
                        Secret.of("secret of " + id),
                        Secret.of("token"),
                        exchanged.plus(lifetime),
                        "123456789012")),
                lifetime,
                false);
    }
}
