package dev.credbroker.api;

import dev.credbroker.aws.SessionDuration;
import dev.credbroker.broker.CredentialRequest;
import dev.credbroker.identity.Proof;
import dev.credbroker.outcome.Refusal.InvalidDuration;
import dev.credbroker.outcome.Refusal.Malformed;
import dev.credbroker.roles.RoleCatalogue;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.telemetry.CorrelationId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads a request's parameters into what they mean: syntax first, then whether there is a proof at all. */
final class RequestReader {

    private static final Pattern SECONDS = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final String LONGEST = "max";

    private RequestReader() {}

    /** @throws Unreadable with what to change */
    static CredentialRequest read(
            CorrelationId id, Optional<String> roleInPath, Parameters parameters, List<String> authorization)
            throws Unreadable {
        String role = role(roleInPath, parameters);
        RequestedDuration duration = duration(parameters.get(Parameters.DURATION));
        Optional<Duration> minRemaining = minRemaining(parameters.get(Parameters.MIN_REMAINING));
        Proof proof = ProofReader.read(authorization, parameters);
        return new CredentialRequest(id, proof, role, duration, minRemaining);
    }

    private static String role(Optional<String> inPath, Parameters parameters) throws Unreadable {
        String role = inPath.or(() -> parameters.get(Parameters.ROLE))
                .orElseThrow(() -> malformed("no-role", "role is missing: a name from GET /v1/roles, or a role's ARN"));
        if (!RoleCatalogue.wellFormed(role)) {
            throw malformed("role", "role is a name from GET /v1/roles, or a role's ARN");
        }
        return role;
    }

    private static RequestedDuration duration(Optional<String> text) throws Unreadable {
        if (text.isEmpty()) {
            return new RequestedDuration.Unsaid();
        }
        if (text.get().equals(LONGEST)) {
            return new RequestedDuration.Longest();
        }
        Optional<Integer> seconds = seconds(text.get());
        if (seconds.isEmpty()
                || seconds.get() < SessionDuration.SHORTEST.seconds()
                || seconds.get() > SessionDuration.LONGEST.seconds()) {
            throw new Unreadable(new InvalidDuration(
                    "duration", "durationSeconds is a whole number of seconds from 900 to 43200, or max"));
        }
        return new RequestedDuration.Named(new SessionDuration(seconds.get()));
    }

    private static Optional<Duration> minRemaining(Optional<String> text) throws Unreadable {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(seconds(text.get())
                .map(Duration::ofSeconds)
                .orElseThrow(() -> new Unreadable(
                        new InvalidDuration("min-remaining", "minRemainingSeconds is a whole number of seconds"))));
    }

    private static Optional<Integer> seconds(String text) {
        return SECONDS.matcher(text).matches() ? Optional.of(Integer.valueOf(text)) : Optional.empty();
    }

    private static Unreadable malformed(String reason, String advice) {
        return new Unreadable(new Malformed(reason, advice));
    }
}
