package dev.credbroker.planted.cache;

import dev.credbroker.secret.Secret;
import java.util.function.Function;

public final class TellsSecrets {

    public String call(Secret secret) {
        return secret.reveal();
    }

    public Function<Secret, String> reference() {
        return Secret::reveal;
    }
}
