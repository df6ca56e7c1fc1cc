package dev.credbroker.planted.cache;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.function.Supplier;

/** In every way that there is; the last two are the ones that are right. */
public final class LooksAtTheClock {

    public Object instant() {
        return Instant.now();
    }

    public Supplier<Instant> reference() {
        return Instant::now;
    }

    @SuppressWarnings("JavaTimeDefaultTimeZone")
    public Object local() {
        return LocalDateTime.now();
    }

    public Object zoned() {
        return ZonedDateTime.now(ZoneOffset.UTC);
    }

    public Object clock() {
        return Clock.systemUTC();
    }

    public Object source() {
        return InstantSource.system();
    }

    public long millis() {
        return System.currentTimeMillis();
    }

    public long nanos() {
        return System.nanoTime();
    }

    @SuppressWarnings("JavaUtilDate")
    public Object date() {
        return new Date();
    }

    public Object rightByClock(Clock clock) {
        return ZonedDateTime.now(clock);
    }

    public Object rightBySource(InstantSource source) {
        return source.instant();
    }
}
