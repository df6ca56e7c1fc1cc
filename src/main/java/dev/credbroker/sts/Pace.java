package dev.credbroker.sts;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.TokensInheritanceStrategy;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How many calls a second may begin: as many as are configured; fewer after STS has throttled, and again all within ten
 * seconds of the last time. Not for several threads at once.
 */
final class Pace {

    /** What each throttling leaves of the pace: several broker replicas, and others, draw on the same quota. */
    private static final double LEFT_AFTER_THROTTLING = 0.7;

    /** However hard STS throttles: one call a second finds out whether it still does. */
    private static final double SLOWEST = 1;

    /** What STS says to calls that were under way together counts once. */
    private static final Duration ONE_THROTTLING = Duration.ofSeconds(1);

    private static final int SECONDS_TO_RECOVER = 10;

    private final double full;
    private final LongSupplier nanos;
    private final Bucket bucket;
    private double current;
    private double cut;
    private long cutAt;

    /**
     * @param full calls per second, at least 1; so many may also begin in one burst
     * @param nanos time that only ever runs on
     */
    Pace(int full, LongSupplier nanos) {
        this.full = full;
        this.nanos = nanos;
        this.current = full;
        this.cut = full;
        this.cutAt = nanos.getAsLong();
        this.bucket = Bucket.builder()
                .withCustomTimePrecision(new Ticks(nanos))
                .addLimit(limit(full))
                .build();
    }

    /** Takes the right to begin a call; zero if it was there, else how long until it may be. */
    Duration take() {
        adjust();
        return Duration.ofNanos(bucket.tryConsumeAndReturnRemaining(1).getNanosToWaitForRefill());
    }

    double perSecond() {
        adjust();
        return current;
    }

    /** STS has throttled. */
    void slowDown() {
        long now = nanos.getAsLong();
        if (cut < full && now - cutAt < ONE_THROTTLING.toNanos()) {
            return;
        }
        adjust();
        cut = Math.max(SLOWEST, current * LEFT_AFTER_THROTTLING);
        cutAt = now;
        set(cut);
    }

    /** Back to full speed in steps of a second. */
    private void adjust() {
        if (current < full) {
            long seconds = Duration.ofNanos(nanos.getAsLong() - cutAt).toSeconds();
            double now = Math.min(full, cut + seconds * full / SECONDS_TO_RECOVER);
            if (now != current) {
                set(now);
            }
        }
    }

    private void set(double pace) {
        current = pace;
        bucket.replaceConfiguration(
                BucketConfiguration.builder().addLimit(limit(pace)).build(), TokensInheritanceStrategy.PROPORTIONALLY);
    }

    private static Bandwidth limit(double perSecond) {
        return Bandwidth.builder()
                .capacity((long) Math.ceil(perSecond))
                .refillGreedy(1, Duration.ofNanos((long) (Duration.ofSeconds(1).toNanos() / perSecond)))
                .build();
    }

    private record Ticks(LongSupplier nanos) implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return nanos.getAsLong();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
