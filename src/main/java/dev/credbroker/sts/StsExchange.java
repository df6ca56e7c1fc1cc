package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;

/** Asks STS for a session. */
public interface StsExchange {

    /**
     * The session that {@code plan} describes. Blocks for at most the configured call timeout.
     *
     * @throws ExchangeFailed if there is none
     */
    SessionCredentials exchange(SessionPlan plan);
}
