package dev.credbroker.planted.oidc;

import dev.credbroker.secret.Secret;

/** Has the name of one that may. */
public record CompactJwt(Secret token) {

    public int dots() {
        return token.reveal().split("\\.", -1).length - 1;
    }
}
