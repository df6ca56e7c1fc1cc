package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import java.util.Arrays;
import java.util.stream.Stream;

/** Each wrapping of each combination of signatures that it can be tried on, by both kinds of key. */
final class WrappingAttacks {

    private WrappingAttacks() {}

    static Stream<Attack> all() {
        return Arrays.stream(Wrapping.values())
                .flatMap(wrapping -> wrapping.signed().stream()
                        .sorted()
                        .flatMap(parts -> Stream.of(
                                        SamlSignatureAlgorithm.RSA_SHA256, SamlSignatureAlgorithm.ECDSA_SHA256)
                                .map(algorithm -> Attack.edited(
                                        "%s of %s by %s".formatted(wrapping, parts, algorithm),
                                        wrapping.reason(),
                                        draft -> draft.signed(parts).algorithm(algorithm),
                                        wrapping))));
    }
}
