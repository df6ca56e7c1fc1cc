package dev.credbroker.roles;

import dev.credbroker.aws.RoleArn;

/** A catalogue's entry, and the one ARN that the caller means by it. */
public record AskedRole(Role role, RoleArn arn) {}
