package dev.credbroker.identity;

import dev.credbroker.secret.Fingerprint;
import dev.credbroker.secret.Secret;

/** What a caller brings to show who it is. Nothing of it is believed before {@link IdentityVerifier} has read it. */
public sealed interface Proof {

    /** The proof as it came. */
    Secret text();

    /** What logs and the memory of denials may keep of it. */
    default Fingerprint fingerprint() {
        return Fingerprint.of(text());
    }

    /** A JWT in compact form. */
    record Jwt(Secret text) implements Proof {}

    /** A whole {@code samlp:Response} in base64. */
    record SamlResponse(Secret text) implements Proof {}
}
