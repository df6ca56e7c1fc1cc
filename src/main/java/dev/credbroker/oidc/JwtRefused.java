package dev.credbroker.oidc;

/** A check that failed. Never leaves the package: {@link JwtChecker} turns it into a {@link JwtCheck.Rejected}. */
final class JwtRefused extends Exception {

    private final JwtFlaw flaw;

    JwtRefused(JwtFlaw flaw) {
        super(flaw.toString(), null, false, false);
        this.flaw = flaw;
    }

    JwtFlaw flaw() {
        return flaw;
    }

    static void unless(boolean fits, JwtFlaw flaw) throws JwtRefused {
        if (!fits) {
            throw new JwtRefused(flaw);
        }
    }
}
