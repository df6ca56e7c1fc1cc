package dev.credbroker.sts;

import dev.credbroker.aws.AwsRegion;
import java.time.Instant;

/**
 * Whether a region's STS could be reached the last time that it was called.
 *
 * @param since when a call first came out this way, after calls that had come out the other way
 */
public record RegionState(AwsRegion region, boolean reachable, Instant since) {

    RegionState at(Instant now, boolean reached) {
        return reached == reachable ? this : new RegionState(region, reached, now);
    }
}
