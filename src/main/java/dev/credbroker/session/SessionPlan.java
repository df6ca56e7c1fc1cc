package dev.credbroker.session;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.identity.Proof;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a request comes down to once it is permitted: which session, for how long, and what it must be fit for.
 *
 * @param proof for the operations that pass it on
 * @param deadline no session that ends later is given to this caller; not part of the key
 * @param minRemaining what the session must still last when it is handed out
 */
public record SessionPlan(
        SessionSpec spec,
        SessionKey key,
        Proof proof,
        DurationDecision duration,
        Optional<Instant> deadline,
        Duration minRemaining) {

    /** STS counts from the moment that the call arrives there: without a margin a session would outlive its deadline. */
    public static final Duration WAY_TO_STS = Duration.ofSeconds(10);

    /** The same session, asked for in another region of the partition: it keeps its key. */
    public SessionPlan in(AwsRegion region) {
        return region.equals(spec.region())
                ? this
                : new SessionPlan(spec.in(region), key, proof, duration, deadline, minRemaining);
    }
}
