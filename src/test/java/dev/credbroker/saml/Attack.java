package dev.credbroker.saml;

import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.w3c.dom.Document;

/**
 * A response made to be believed for what it is not, and its twin: the same response by the same generator, the one step of
 * the attack left out.
 *
 * @param reason the check that must see it
 * @param genuine makes the twin
 * @param hostile makes the attack
 */
public record Attack(
        String name, AssertionFlaw reason, Function<Target, String> genuine, Function<Target, String> hostile) {

    /** What the HTTP-POST binding carries, in base64; nothing is wrong with it. */
    public String twin(Target target) {
        return genuine.apply(target);
    }

    /** The same, and one thing is wrong with it. */
    public String on(Target target) {
        return hostile.apply(target);
    }

    /** The provider's signature does not know of the change. */
    static Attack edited(String name, AssertionFlaw reason, UnaryOperator<Document> step) {
        return edited(name, reason, UnaryOperator.identity(), step);
    }

    /** @param form what twin and attack have in common */
    static Attack edited(
            String name, AssertionFlaw reason, UnaryOperator<SamlDraft> form, UnaryOperator<Document> step) {
        return drafted(name, reason, form, draft -> draft.afterSigning(step));
    }

    /** The provider itself has signed the change: one check alone stands between it and being believed. */
    static Attack signed(String name, AssertionFlaw reason, UnaryOperator<Document> step) {
        return drafted(name, reason, UnaryOperator.identity(), draft -> draft.beforeSigning(step));
    }

    static Attack drafted(
            String name, AssertionFlaw reason, UnaryOperator<SamlDraft> form, UnaryOperator<SamlDraft> step) {
        return new Attack(
                name,
                reason,
                target -> form.apply(target.response()).encode(),
                target -> step.apply(form.apply(target.response())).encode());
    }

    /** The text of the document is changed, as no tree of nodes can be. */
    static Attack written(String name, AssertionFlaw reason, UnaryOperator<String> step) {
        return sent(name, reason, xml -> SamlDraft.encode(step.apply(xml)));
    }

    /** Instead of the document's base64 something else is sent. */
    static Attack sent(String name, AssertionFlaw reason, Function<String, String> step) {
        return new Attack(
                name,
                reason,
                target -> target.response().encode(),
                target -> step.apply(target.response().xml()));
    }

    /** The provider's key makes a signature of another form. */
    static Attack sealed(String name, AssertionFlaw reason, UnaryOperator<OddSignature> step) {
        return sealed(name, reason, step, UnaryOperator.identity());
    }

    /** The provider's key makes a signature of another form, so that what is changed afterwards is not seen. */
    static Attack sealed(
            String name, AssertionFlaw reason, UnaryOperator<OddSignature> step, UnaryOperator<Document> unseen) {
        return new Attack(
                name,
                reason,
                target -> sealed(target, new OddSignature(target.key())),
                target -> sealed(
                        target,
                        document -> unseen.apply(
                                step.apply(new OddSignature(target.key())).apply(document))));
    }

    private static String sealed(Target target, UnaryOperator<Document> signature) {
        return target.response()
                .signed(SignedParts.NONE)
                .afterSigning(signature)
                .encode();
    }

    @Override
    public String toString() {
        return name;
    }
}
