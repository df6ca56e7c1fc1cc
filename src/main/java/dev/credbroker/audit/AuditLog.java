package dev.credbroker.audit;

/** Where decisions are kept. */
public interface AuditLog {

    /**
     * Queues {@code event}; never blocks.
     *
     * @return whether the answer may go out: {@code false} if the event is lost and the operator wants no unseen answers
     */
    boolean admit(AuditEvent event);
}
