package dev.credbroker.cache;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.secret.Secret;
import dev.credbroker.session.Plans;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.sts.StsExchange;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.HdrHistogram.Histogram;

/**
 * Fills a cache with so many sessions, and prints what each takes of the heap after full collections, and how long a hit
 * then takes. A program of its own, since a million of them want a heap of their own.
 */
public final class HeldSessions {

    private static final int TOKEN_LENGTH = 1024;
    private static final int COLLECTIONS = 4;
    private static final int LOOKUPS = 200_000;

    private HeldSessions() {}

    /** @param arguments how many sessions */
    public static void main(String... arguments) {
        int count = Integer.parseInt(arguments[0]);
        RandomGenerator random = new Random(1);
        CredentialCache cache = new CredentialCache(
                exchange(random),
                CacheWorld.USUAL,
                count + 1,
                Runnable::run,
                InstantSource.system(),
                Ticker.systemTicker(),
                () -> 0.5,
                Duration.ofSeconds(5));
        var _ = cache.obtain(plan(-1));
        long before = heap();
        for (int i = 0; i < count; i++) {
            var _ = cache.obtain(plan(i));
        }
        long bytes = (heap() - before) / count;
        Histogram nanos = new Histogram(3);
        for (int i = 0; i < 2 * LOOKUPS; i++) {
            SessionPlan plan = plan(random.nextInt(count));
            long start = System.nanoTime();
            boolean held = cache.held(plan).isPresent();
            long end = System.nanoTime();
            if (!held) {
                throw new IllegalStateException("a session is gone");
            }
            if (i >= LOOKUPS) {
                nanos.recordValue(end - start);
            }
        }
        System.out.printf("%d %d %d%n", bytes, nanos.getValueAtPercentile(50), nanos.getValueAtPercentile(99));
    }

    private static SessionPlan plan(int user) {
        return Plans.webIdentity().subject("user-" + user).seconds(43_200).plan();
    }

    /** As STS gives them: keys of the usual lengths, tokens of a kilobyte. */
    private static StsExchange exchange(RandomGenerator random) {
        return _ -> new SessionCredentials(
                text(random, 20),
                Secret.of(text(random, 40)),
                Secret.of(text(random, TOKEN_LENGTH)),
                Instant.now().plus(Duration.ofHours(12)).truncatedTo(ChronoUnit.SECONDS),
                "123456789012");
    }

    private static String text(RandomGenerator random, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** What is alive; a few collections, since references are cleared in turns. */
    private static long heap() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
