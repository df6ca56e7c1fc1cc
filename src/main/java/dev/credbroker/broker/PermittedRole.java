package dev.credbroker.broker;

import dev.credbroker.aws.SessionDuration;
import dev.credbroker.roles.Role;

/**
 * A role that an identity may take.
 *
 * @param usual what is granted where no duration is named
 * @param longest what can be had, as far as it is known without asking STS
 */
public record PermittedRole(Role role, SessionDuration usual, SessionDuration longest) {}
