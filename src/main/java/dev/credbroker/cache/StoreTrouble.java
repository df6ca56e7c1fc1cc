package dev.credbroker.cache;

/** The store did not do what it was asked. Carries nothing of what it said. */
final class StoreTrouble extends Exception {

    /** Whose trouble it is. */
    enum Kind {
        /** It answered that it will not: it has no room, is read-only, still loading. */
        REFUSED,
        /** It could not be reached, or spoke no sense. */
        BROKEN,
        /** It was not asked: too many wait for it already, or whoever asked has been stopped. */
        UNASKED
    }

    private final Kind kind;

    StoreTrouble(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    Kind kind() {
        return kind;
    }
}
