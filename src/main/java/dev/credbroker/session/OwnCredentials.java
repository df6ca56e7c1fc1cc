package dev.credbroker.session;

import java.util.Optional;

/** What kind of AWS credentials the broker itself holds; only {@code assume-role} needs them. */
public interface OwnCredentials {

    /** Long-term keys, or credentials that end: the latter make every {@code assume-role} a case of role chaining. */
    enum Kind {
        LASTING,
        TEMPORARY
    }

    /** The kind as far as it is in memory; never blocks. */
    Optional<Kind> known();

    /** The kind, looked up if need be; may block. Absent if the broker has no credentials at all. */
    Optional<Kind> lookUp();
}
