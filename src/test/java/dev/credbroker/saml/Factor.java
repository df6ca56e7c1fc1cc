package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlDraft;
import java.time.Duration;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.w3c.dom.Document;

/**
 * One thing that a response says, or the moment at which it is shown: on the good side of the line and, as close as can be,
 * on the other. All else is sound, and the provider has signed it.
 *
 * @param toBroker whether the response is addressed to the broker, or else to AWS
 * @param reason as the audit log has it
 */
public record Factor(String name, boolean toBroker, String reason, Side good, Side bad) {

    static final String EXPIRED = "expired";

    /**
     * One side of the line.
     *
     * @param ahead how far the broker's clock is ahead of everybody else's
     */
    public record Side(UnaryOperator<SamlDraft> change, Duration ahead) {

        public String of(SamlDraft sound) {
            return change.apply(sound).encode();
        }

        Side ahead(long seconds) {
            return new Side(change, Duration.ofSeconds(seconds));
        }
    }

    static Side sound() {
        return drafted(UnaryOperator.identity());
    }

    static Side drafted(UnaryOperator<SamlDraft> change) {
        return new Side(change, Duration.ZERO);
    }

    static Side signed(UnaryOperator<Document> change) {
        return drafted(draft -> draft.beforeSigning(change));
    }

    /** The same, whoever is addressed. */
    static Stream<Factor> both(String name, AssertionFlaw reason, Side good, Side bad) {
        return both(name, reason.text(), good, bad);
    }

    static Stream<Factor> both(String name, String reason, Side good, Side bad) {
        return Stream.of(true, false).map(toBroker -> new Factor(name, toBroker, reason, good, bad));
    }

    static Stream<Factor> toBroker(String name, String reason, Side good, Side bad) {
        return Stream.of(new Factor(name, true, reason, good, bad));
    }

    static Stream<Factor> toAws(String name, String reason, Side good, Side bad) {
        return Stream.of(new Factor(name, false, reason, good, bad));
    }

    @Override
    public String toString() {
        return "%s, to %s".formatted(name, toBroker ? "the broker" : "AWS");
    }
}
