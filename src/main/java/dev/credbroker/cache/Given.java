package dev.credbroker.cache;

import java.util.Locale;
import java.util.Optional;

/**
 * A session that is given to a caller, and how it came about.
 *
 * @param shared whether the exchange was another caller's
 * @param notRenewed why a session was kept, in a word of a closed set; present if and only if it was
 */
public record Given(HeldSession session, Source source, boolean shared, Optional<String> notRenewed) {

    static Given hit(HeldSession session) {
        return new Given(session, Source.HIT, false, Optional.empty());
    }

    static Given kept(HeldSession session, String notRenewed) {
        return new Given(session, Source.KEPT, false, Optional.of(notRenewed));
    }

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
