package dev.credbroker.authorization;

import dev.credbroker.aws.RoleArn;
import dev.credbroker.aws.SamlProviderArn;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.roles.AskedRole;
import dev.credbroker.roles.Role;
import java.util.Locale;
import java.util.Optional;

/** Whether an identity may take a role. */
public sealed interface Decision {

    /** It may. Only {@link Authorizer} says so. */
    final class Granted implements Decision {

        private final VerifiedIdentity identity;
        private final AskedRole asked;
        private final Optional<SamlProviderArn> samlProvider;

        Granted(VerifiedIdentity identity, AskedRole asked, Optional<SamlProviderArn> samlProvider) {
            this.identity = identity;
            this.asked = asked;
            this.samlProvider = samlProvider;
        }

        public VerifiedIdentity identity() {
            return identity;
        }

        public Role role() {
            return asked.role();
        }

        public RoleArn arn() {
            return asked.arn();
        }

        /** The provider that the assertion names for the role; present just where STS must be told it. */
        public Optional<SamlProviderArn> samlProvider() {
            return samlProvider;
        }
    }

    /** It may not. */
    record Denied(Reason reason) implements Decision {}

    /** Why not: for the audit log. The caller is told the same in all cases. */
    enum Reason {
        UNKNOWN_ROLE,
        /** No admission of the role holds. */
        NOT_ADMITTED,
        /** The role's operation takes another kind of proof, or one that is signed otherwise. */
        WRONG_KIND_OF_PROOF,
        /** The proof is addressed to AWS where the broker had to be addressed, or the other way round. */
        WRONG_ADDRESSEE,
        /** The assertion does not name the role with its provider. */
        NOT_NAMED_IN_ASSERTION;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }
}
