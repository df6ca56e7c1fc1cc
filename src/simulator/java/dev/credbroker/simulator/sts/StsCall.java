package dev.credbroker.simulator.sts;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One request to STS and what came of it.
 *
 * @param action empty if the request named none
 * @param accessKeyId of the signature; absent for unsigned requests
 * @param region as the signature says; absent for unsigned requests
 * @param outcome {@link #SUCCESS}, the error code that was sent, or what happened on the wire
 * @param issuedAccessKeyId present if a session was issued
 * @param at by the simulator's clock
 */
public record StsCall(
        String action,
        Map<String, String> parameters,
        Optional<String> accessKeyId,
        Optional<String> region,
        String outcome,
        Optional<String> issuedAccessKeyId,
        Instant at) {

    public static final String SUCCESS = "Success";

    public StsCall {
        parameters = Map.copyOf(parameters);
    }

    public boolean signed() {
        return accessKeyId.isPresent();
    }

    public boolean succeeded() {
        return outcome.equals(SUCCESS);
    }

    public Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    /** Without the parameters, which hold proofs. */
    @Override
    public String toString() {
        return action + " " + outcome;
    }
}
