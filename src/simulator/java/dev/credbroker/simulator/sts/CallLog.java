package dev.credbroker.simulator.sts;

import dev.credbroker.simulator.http.Tally;
import java.util.ArrayList;
import java.util.List;

/** What STS was asked, in the order in which it answered. */
final class CallLog {

    private final Tally arrivals = new Tally("requests to STS");
    private final Tally answers = new Tally("calls of STS");
    private final List<StsCall> calls = new ArrayList<>();

    Tally arrivals() {
        return arrivals;
    }

    Tally answers() {
        return answers;
    }

    void add(StsCall call) {
        synchronized (calls) {
            calls.add(call);
        }
        answers.increment();
    }

    void forget() {
        synchronized (calls) {
            calls.clear();
        }
    }

    List<StsCall> calls() {
        synchronized (calls) {
            return List.copyOf(calls);
        }
    }
}
