package dev.credbroker.oidc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Gathers attacks upon one issuer after the other. Each starts from a good token of a subject of its own. */
final class AttackTable {

    private final AttackedIssuers issuers;
    private final String issuer;
    private final TestKey key;
    private final UnaryOperator<TestToken> twin;
    private final List<JwtAttack> attacks;

    private AttackTable(
            AttackedIssuers issuers,
            String issuer,
            TestKey key,
            UnaryOperator<TestToken> twin,
            List<JwtAttack> attacks) {
        this.issuers = issuers;
        this.issuer = issuer;
        this.key = key;
        this.twin = twin;
        this.attacks = attacks;
    }

    /** Every attack that there is. */
    static List<JwtAttack> upon(AttackedIssuers issuers) {
        AttackTable table = new AttackTable(
                issuers, AttackedIssuers.TARGET, TestKey.RSA, UnaryOperator.identity(), new ArrayList<>());
        SignatureAttacks.fill(table);
        HeaderAttacks.fill(table, issuers.decoy());
        KeyAttacks.fill(table, issuers.decoy());
        IssuerAttacks.fill(table, issuers);
        TypeAttacks.fill(table);
        ClaimAttacks.fill(table);
        TextAttacks.fill(table);
        return List.copyOf(table.attacks);
    }

    /** The same table, for tokens of another issuer or key. */
    AttackTable of(String otherIssuer, TestKey otherKey) {
        return new AttackTable(issuers, otherIssuer, otherKey, UnaryOperator.identity(), attacks);
    }

    /** The same table, for tokens that are good in another way. */
    AttackTable from(UnaryOperator<TestToken> otherTwin) {
        return new AttackTable(issuers, issuer, key, otherTwin, attacks);
    }

    /** Well signed, and wrong: who looks at the signature alone is fooled. */
    void misuse(String name, JwtFlaw flaw, UnaryOperator<TestToken> step) {
        trick(name, flaw, token -> step.apply(token).text());
    }

    /** Any text by which a careless reader is fooled. */
    void trick(String name, JwtFlaw flaw, Function<TestToken, String> step) {
        add(name, flaw, step, true);
    }

    /** Any text, which may fool nobody at all. */
    void forgery(String name, JwtFlaw flaw, Function<TestToken, String> step) {
        add(name, flaw, step, false);
    }

    private void add(String name, JwtFlaw flaw, Function<TestToken, String> step, boolean fooling) {
        TestToken good = twin.apply(issuers.token(issuer, key));
        attacks.add(new JwtAttack(flaw + ": " + name, issuer, flaw, good, step.apply(good), fooling));
    }
}
