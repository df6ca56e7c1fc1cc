package dev.credbroker.simulator.idp;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The two keys that a provider signs SAML with: RSA as a rule, ECDSA for those who ask. */
final class SamlKeys {

    private record Pair(SamlKey rsa, SamlKey ecdsa) {}

    private final String owner;
    private final InstantSource clock;
    private @Nullable Pair present;

    SamlKeys(String owner, InstantSource clock) {
        this.owner = owner;
        this.clock = clock;
    }

    SamlKey of(SamlSignatureAlgorithm algorithm) {
        return algorithm.ecdsa() ? present().ecdsa() : present().rsa();
    }

    List<X509Certificate> certificates() {
        Pair pair = present();
        return List.of(pair.rsa().certificate(), pair.ecdsa().certificate());
    }

    synchronized void rotate() {
        present = generate();
    }

    private synchronized Pair present() {
        if (present == null) {
            present = generate();
        }
        return present;
    }

    private Pair generate() {
        return new Pair(SamlKey.rsa(owner, clock.instant()), SamlKey.ecdsa(owner, clock.instant()));
    }
}
