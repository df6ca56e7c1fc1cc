package dev.credbroker.simulator.idp;

import dev.credbroker.simulator.http.Endpoint;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.FaultScript;
import dev.credbroker.simulator.http.Form;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.http.Tally;
import dev.credbroker.simulator.http.WireRequest;
import java.util.Optional;
import java.util.function.Function;

/** One page on the wire: counts its fetches, and fails as its script says. */
final class PageEndpoint implements Endpoint {

    private final Function<Form, Reply> page;
    private final FaultScript faults = new FaultScript();
    private final Tally fetches;

    PageEndpoint(Page name, Function<Form, Reply> page) {
        this.page = page;
        this.fetches = new Tally("fetches of " + name);
    }

    FaultScript faults() {
        return faults;
    }

    Tally fetches() {
        return fetches;
    }

    @Override
    public Optional<Fault> arrive() {
        fetches.increment();
        return faults.draw();
    }

    @Override
    public Reply answer(WireRequest request, Optional<Fault> fault) {
        if (fault.orElse(null) instanceof Fault.Instead(var _, Reply reply)) {
            return reply;
        }
        return request.method().equals("GET")
                ? page.apply(request.parameters())
                : Reply.text(405, "method not allowed");
    }
}
