package dev.credbroker.authorization;

import dev.credbroker.authorization.Decision.Denied;
import dev.credbroker.authorization.Decision.Granted;
import dev.credbroker.authorization.Decision.Reason;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.identity.VerifiedIdentity;
import dev.credbroker.roles.AskedRole;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.RoleCatalogue;
import java.util.List;
import java.util.Optional;

/**
 * Decides who may take which role. Deny by default; a function of its arguments and the catalogue, without clock, cache
 * or memory, so that what the next token no longer says, the next request no longer gets.
 */
public final class Authorizer {

    private final RoleCatalogue catalogue;

    public Authorizer(RoleCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Whether {@code identity} may take the role that {@code asked} names, by catalogue name or ARN. */
    public Decision decide(VerifiedIdentity identity, String asked) {
        return catalogue
                .find(asked)
                .map(role -> decide(identity, role))
                .orElseGet(() -> new Denied(Reason.UNKNOWN_ROLE));
    }

    /**
     * What the identity may take. A role whose ARN leaves something open is listed where some ARN of it could be taken;
     * for one that the assertion must name, where it names one.
     */
    public List<Role> permitted(VerifiedIdentity identity) {
        return catalogue.all().stream()
                .filter(role -> unfitness(identity, role).isEmpty() && nameable(identity, role))
                .toList();
    }

    private static Decision decide(VerifiedIdentity identity, AskedRole asked) {
        Optional<Reason> unfit = unfitness(identity, asked.role());
        if (unfit.isPresent()) {
            return new Denied(unfit.get());
        }
        return switch (asked.role().operation()) {
            case ASSUME_ROLE_WITH_SAML ->
                identity.samlProviderFor(asked.arn())
                        .<Decision>map(provider -> new Granted(identity, asked, Optional.of(provider)))
                        .orElseGet(() -> new Denied(Reason.NOT_NAMED_IN_ASSERTION));
            case ASSUME_ROLE_WITH_WEB_IDENTITY, ASSUME_ROLE -> new Granted(identity, asked, Optional.empty());
        };
    }

    /** The first reason that keeps the identity from the role, whichever of its ARNs is meant. */
    private static Optional<Reason> unfitness(VerifiedIdentity identity, Role role) {
        if (!role.admits(identity.provider(), identity.attributes())) {
            return Optional.of(Reason.NOT_ADMITTED);
        }
        return switch (role.operation()) {
            case ASSUME_ROLE_WITH_SAML -> unless(identity.isSaml(), identity.addressedToAws());
            case ASSUME_ROLE_WITH_WEB_IDENTITY -> unless(!identity.isSaml() && identity.readableBySts(), true);
            case ASSUME_ROLE -> unless(true, identity.addressedToBroker());
        };
    }

    private static Optional<Reason> unless(boolean rightKind, boolean rightAddressee) {
        if (!rightKind) {
            return Optional.of(Reason.WRONG_KIND_OF_PROOF);
        }
        return rightAddressee ? Optional.empty() : Optional.of(Reason.WRONG_ADDRESSEE);
    }

    private static boolean nameable(VerifiedIdentity identity, Role role) {
        return switch (role.operation()) {
            case ASSUME_ROLE_WITH_SAML ->
                identity.namedRoles().stream()
                        .anyMatch((RoleArn arn) -> role.arn().matches(arn));
            case ASSUME_ROLE_WITH_WEB_IDENTITY, ASSUME_ROLE -> true;
        };
    }
}
