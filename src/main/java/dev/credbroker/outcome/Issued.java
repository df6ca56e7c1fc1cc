package dev.credbroker.outcome;

import dev.credbroker.aws.CredentialDocument;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.cache.Given;
import dev.credbroker.session.DurationDecision;
import java.time.Duration;
import java.util.Optional;

/**
 * A session was given.
 *
 * @param duration as it really came out, with what limited it
 * @param notRenewed why the session was kept, if it was
 * @param remaining what the session lasts at the moment of the answer
 */
public record Issued(
        RoleArn role,
        CredentialDocument credentials,
        DurationDecision duration,
        Given.Source source,
        boolean shared,
        Optional<String> notRenewed,
        Duration remaining)
        implements Outcome {}
