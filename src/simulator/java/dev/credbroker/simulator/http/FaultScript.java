package dev.credbroker.simulator.http;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Which of the coming answers go wrong, and how: first in, first out, and honest when it has run dry. */
public final class FaultScript {

    private record Step(Fault fault, int times) {}

    private static final int FOR_EVER = Integer.MAX_VALUE;

    private final Deque<Step> steps = new ArrayDeque<>();
    private final List<Gate> gates = new ArrayList<>();

    public synchronized void next(int times, Fault fault) {
        steps.addLast(new Step(fault, times));
        if (fault instanceof Fault.Hold(Gate gate)) {
            gates.add(gate);
        }
    }

    /** Until {@link #clear()}. */
    public void always(Fault fault) {
        next(FOR_EVER, fault);
    }

    /** Holds every request from now on, until {@link #clear()}; those held go on once the gate is opened. */
    public Gate hold() {
        Gate gate = new Gate();
        always(Fault.hold(gate));
        return gate;
    }

    /** Back to honesty, also for the requests that are being held. */
    public synchronized void clear() {
        steps.clear();
        gates.forEach(Gate::open);
        gates.clear();
    }

    /** The fault for the request that arrives now. */
    public synchronized Optional<Fault> draw() {
        Step step = steps.pollFirst();
        if (step == null) {
            return Optional.empty();
        }
        if (step.times() == FOR_EVER) {
            steps.addFirst(step);
        } else if (step.times() > 1) {
            steps.addFirst(new Step(step.fault(), step.times() - 1));
        }
        return Optional.of(step.fault());
    }
}
