package dev.credbroker.roles;

/** The STS action that mints a role's sessions, and with it the kind of proof that opens the role. */
public enum StsOperation {
    /** Unsigned; STS reads session name, source identity and tags from the assertion. */
    ASSUME_ROLE_WITH_SAML("assume-role-with-saml"),
    /** Unsigned; STS reads source identity and tags from the token. */
    ASSUME_ROLE_WITH_WEB_IDENTITY("assume-role-with-web-identity"),
    /** Signed with the broker's own credentials; STS sees nothing of the proof. */
    ASSUME_ROLE("assume-role");

    private final String text;

    StsOperation(String text) {
        this.text = text;
    }

    /** Whether STS itself reads the proof, so that its trust policy may test any claim of it. */
    public boolean passesProofOn() {
        return this != ASSUME_ROLE;
    }

    /** As it stands in configuration, audit and meters. */
    @Override
    public String toString() {
        return text;
    }

    /** @throws IllegalArgumentException for any other text */
    public static StsOperation parse(String text) {
        for (StsOperation operation : values()) {
            if (operation.text.equals(text)) {
                return operation;
            }
        }
        throw new IllegalArgumentException(
                "write assume-role-with-saml, assume-role-with-web-identity or assume-role, not " + text);
    }
}
