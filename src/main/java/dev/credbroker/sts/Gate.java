package dev.credbroker.sts;

import dev.credbroker.aws.SessionCredentials;
import dev.credbroker.session.SessionPlan;
import dev.credbroker.session.SessionSpec;
import dev.credbroker.sts.ExchangeFailure.Denied;
import dev.credbroker.sts.ExchangeFailure.DurationRefused;
import dev.credbroker.sts.ExchangeFailure.IssuerUnreachable;
import dev.credbroker.sts.ExchangeFailure.Misconfigured;
import dev.credbroker.sts.ExchangeFailure.PackedPolicyTooLarge;
import dev.credbroker.sts.ExchangeFailure.ProofExpired;
import dev.credbroker.sts.ExchangeFailure.ProofRefused;
import dev.credbroker.sts.ExchangeFailure.Throttled;
import dev.credbroker.sts.ExchangeFailure.Unavailable;
import dev.credbroker.telemetry.Meters;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets a call through to STS when its region is thought to answer and its turn has come. */
final class Gate {

    private static final String BUDGET = "budget";
    private static final String CIRCUIT = "circuit";

    private final StsCall call;
    private final Lanes lanes;
    private final Circuits circuits;
    private final MeterRegistry registry;

    Gate(StsCall call, Lanes lanes, Circuits circuits, MeterRegistry registry) {
        this.call = call;
        this.lanes = lanes;
        this.circuits = circuits;
        this.registry = registry;
    }

    /**
     * Waits for a turn; the passage that it is must be used or closed.
     *
     * @param patience as {@link Lane#enter} has it
     * @throws ExchangeFailed without a call: the region is left alone, or the turn would come too late
     */
    Passage enter(SessionPlan plan, Duration patience) {
        CircuitBreaker circuit = circuits.of(plan.spec());
        if (!circuit.tryAcquirePermission()) {
            heldBack(plan.spec(), CIRCUIT);
            throw new ExchangeFailed(new Unavailable(Circuits.PAUSE));
        }
        CircuitBreaker.State begun = circuit.getState();
        Lane lane = lanes.of(plan.spec());
        try {
            return new Passage(plan, circuit, begun, lane, lane.enter(Principal.of(plan.spec()), patience));
        } catch (ExchangeFailed e) {
            circuit.releasePermission();
            heldBack(plan.spec(), BUDGET);
            throw e;
        } catch (RuntimeException | Error e) {
            circuit.releasePermission();
            throw e;
        }
    }

    private void heldBack(SessionSpec spec, String reason) {
        registry.counter(Meters.STS_HELD_BACK, Meters.REGION, spec.region().name(), Meters.REASON, reason)
                .increment();
    }

    /** The right to one call, which tells the lane and the circuit what came of it. */
    final class Passage {

        private final SessionPlan plan;
        private final CircuitBreaker circuit;
        private final CircuitBreaker.State begun;
        private final Lane lane;
        private final Lane.Turn turn;

        private Passage(
                SessionPlan plan, CircuitBreaker circuit, CircuitBreaker.State begun, Lane lane, Lane.Turn turn) {
            this.plan = plan;
            this.circuit = circuit;
            this.begun = begun;
            this.lane = lane;
            this.turn = turn;
        }

        /** @throws ExchangeFailed if STS gives no session */
        SessionCredentials call(Duration timeout) {
            try (turn) {
                SessionCredentials credentials = call.call(plan, timeout);
                answered();
                return credentials;
            } catch (ExchangeFailed e) {
                switch (e.failure()) {
                    // How long a call took is the lane's to know.
                    case Unavailable _ -> unanswered(e);
                    case Throttled _ -> {
                        answered();
                        lane.throttled();
                        throw new ExchangeFailed(new Throttled(lane.expectedWait(Principal.of(plan.spec()))));
                    }
                    case Denied _,
                            ProofRefused _,
                            ProofExpired _,
                            DurationRefused _,
                            PackedPolicyTooLarge _,
                            IssuerUnreachable _,
                            Misconfigured _ -> answered();
                }
                throw e;
            } catch (RuntimeException | Error e) {
                circuit.releasePermission();
                throw e;
            }
        }

        private void answered() {
            if (counts()) {
                circuit.onSuccess(0, TimeUnit.NANOSECONDS);
            }
        }

        private void unanswered(ExchangeFailed failure) {
            if (counts()) {
                circuit.onError(0, TimeUnit.NANOSECONDS, failure);
            }
        }

        /** What began before the circuit opened says nothing of how the region is now. */
        private boolean counts() {
            return circuit.getState() == begun;
        }
    }
}
