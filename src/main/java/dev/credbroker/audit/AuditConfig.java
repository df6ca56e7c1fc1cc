package dev.credbroker.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What becomes of the audit log. */
@ConfigMapping(prefix = "broker.audit")
public interface AuditConfig {

    /**
     * What happens when the log cannot keep up, or its disk is full: {@code refuse} answers 503 rather than hand out what
     * nobody will see; {@code count} answers, and counts what was lost in {@code broker_audit_lost_total}.
     */
    @WithDefault("refuse")
    String onFailure();

    /** A file that lines are appended to. Default: standard output. */
    Optional<String> file();

    /** How many lines may wait for the writer. Default 10000. */
    @WithDefault("10000")
    int queue();
}
