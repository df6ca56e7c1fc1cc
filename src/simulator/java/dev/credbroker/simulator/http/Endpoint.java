package dev.credbroker.simulator.http;

import java.util.Optional;

/** One simulated resource. */
public interface Endpoint {

    /** Takes note of a request and draws its fault; called on the event loop in the order of arrival. */
    Optional<Fault> arrive();

    /** Answers on a thread that may block; the server itself brings about what happens on the wire. */
    Reply answer(WireRequest request, Optional<Fault> fault);
}
