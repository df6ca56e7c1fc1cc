package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;
import java.time.Duration;

/** One call of STS, in the region that the plan names, without a second try. */
interface StsCall {

    /**
     * @param timeout how long the call blocks at most
     * @throws ExchangeFailed if STS gives no session
     */
    SessionCredentials call(SessionPlan plan, Duration timeout);
}
