package dev.credbroker.cache;

import java.util.Locale;

/**
 * A session that is given to a caller, and how it came about.
 *
 * @param shared whether the exchange was another caller's
 */
public record Given(HeldSession session, Source source, boolean shared) {

    /** Where the session comes from. */
    public enum Source {
        /** Held, and fresh. */
        HIT,
        /** Not held here; another replica had put it into the store that they share. */
        ADOPTED,
        /** None was held, or none that was fit. */
        MISS,
        /** One was held that was still valid, and a newer one replaced it. */
        RENEWED,
        /** One was held, and nothing newer could be had in time. */
        KEPT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
