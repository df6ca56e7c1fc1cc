package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.WireRequest;
import java.util.Optional;

/** One operation of STS. */
interface StsAction {

    /**
     * What came of it.
     *
     * @param xml the content of the action's result element
     */
    record Result(String xml, Optional<String> issuedAccessKeyId) {

        static Result of(IssuedSession session, String more) {
            return new Result(session.xml() + more, Optional.of(session.accessKeyId()));
        }
    }

    /**
     * Answers, or refuses.
     *
     * @throws StsRejection if a rule is broken
     */
    Result perform(WireRequest request, Parameters parameters);
}
