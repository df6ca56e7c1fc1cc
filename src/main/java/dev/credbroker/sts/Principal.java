package dev.credbroker.sts;

import dev.credbroker.session.SessionSpec;
import java.util.List;

/** Whose calls share one turn: an identity, whichever roles and durations it asks for. */
record Principal(String provider, List<String> subject) {

    static Principal of(SessionSpec spec) {
        return new Principal(spec.provider(), spec.subject());
    }
}
