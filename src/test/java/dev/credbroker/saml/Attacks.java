package dev.credbroker.saml;

import java.util.function.Function;
import java.util.stream.Stream;

/** Every attack that is known here, each by the step that makes it one. */
public final class Attacks {

    private Attacks() {}

    public static Stream<Attack> all() {
        return Stream.of(
                        WrappingAttacks.all(),
                        StructureAttacks.all(),
                        KeyAttacks.all(),
                        DigestAttacks.all(),
                        ReferenceAttacks.all(),
                        TextAttacks.all())
                .flatMap(Function.identity());
    }
}
