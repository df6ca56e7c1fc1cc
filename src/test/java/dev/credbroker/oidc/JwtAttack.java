package dev.credbroker.oidc;

/**
 * A token that must be refused, beside the good one that it was made of by one step.
 *
 * @param issuer the name of the trusted issuer that it is aimed at
 * @param flaw what the audit log will call it
 * @param fooling whether {@link CarelessReader} takes it
 */
public record JwtAttack(String name, String issuer, JwtFlaw flaw, TestToken twin, String token, boolean fooling) {

    /** For the names of tests, which show no tokens. */
    @Override
    public String toString() {
        return name;
    }
}
