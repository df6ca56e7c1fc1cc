package dev.credbroker.api;

import dev.credbroker.identity.Proof;
import dev.credbroker.outcome.Refusal.Malformed;
import dev.credbroker.outcome.Refusal.Unverified;
import dev.credbroker.secret.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds the one proof of a request: in {@code Authorization}, as {@code Bearer TOKEN} or, as the AWS SDKs send it, as the
 * bare token; or in the body.
 */
final class ProofReader {

    private static final String BEARER = "bearer ";

    private ProofReader() {}

    /** @throws Unreadable if there are two proofs (400), or none that is of a known kind (401) */
    static Proof read(List<String> authorization, Parameters parameters) throws Unreadable {
        List<Proof> proofs = new ArrayList<>();
        for (String field : authorization) {
            token(field).map(text -> new Proof.Jwt(Secret.of(text))).ifPresent(proofs::add);
        }
        parameters
                .get(Parameters.TOKEN)
                .map(text -> new Proof.Jwt(Secret.of(text)))
                .ifPresent(proofs::add);
        parameters
                .get(Parameters.SAML_RESPONSE)
                .map(text -> new Proof.SamlResponse(Secret.of(text)))
                .ifPresent(proofs::add);
        if (proofs.size() > 1 || authorization.size() > 1) {
            throw new Unreadable(new Malformed(
                    "several-proofs", "send one proof: in Authorization, as token, or as samlResponse, and only once"));
        }
        if (proofs.isEmpty()) {
            throw new Unreadable(new Unverified(authorization.isEmpty() ? "no-proof" : "unknown-scheme"));
        }
        return proofs.getFirst();
    }

    /** The token of a field value: what follows {@code Bearer} in any case, or the value itself if it is one word. */
    private static Optional<String> token(String field) {
        String value = field.strip();
        String token = value.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? value.substring(BEARER.length()).strip()
                : value;
        return Optional.of(token).filter(text -> !text.isEmpty() && text.indexOf(' ') < 0);
    }
}
