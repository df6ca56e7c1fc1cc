package dev.credbroker.simulator.idp;

import dev.credbroker.simulator.http.Form;
import dev.credbroker.simulator.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tokens and SAML responses for people with curl. Everybody is believed: this is a demo, not a login. */
final class CurlPages {

    private static final String USER = "alice";
    private static final Set<String> KNOWN = Set.of("sub", "aud", "groups", "lifetime", "alg");

    private final SimulatedIdentityProvider provider;
    private final InstantSource clock;

    CurlPages(SimulatedIdentityProvider provider, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
    }

    /**
     * {@code sub}, {@code aud}, {@code groups} (repeated or comma-separated), {@code lifetime} in seconds, {@code alg};
     * every other parameter becomes a claim of its name.
     */
    Reply token(Form query) {
        try {
            return Reply.text(200, draft(query).sign());
        } catch (IllegalArgumentException e) {
            return Reply.text(
                    400, "lifetime is a number of seconds, alg one of RS256, ES256, PS256, EdDSA and the like\n");
        }
    }

    private TokenDraft draft(Form query) {
        TokenDraft draft = provider.token()
                .subject(query.first("sub").orElse(USER))
                .audience(list(query, "aud", "credential-broker"));
        query.first("lifetime")
                .map(CurlPages::seconds)
                .ifPresent(lifetime -> draft.expires(clock.instant().plus(lifetime)));
        query.first("alg").map(CurlPages::algorithm).ifPresent(draft::algorithm);
        query.first("groups").ifPresent(_ -> draft.claim("groups", List.of(list(query, "groups", ""))));
        query.names().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name -> draft.claim(name, query.first(name).orElse("")));
        return draft;
    }

    /** {@code user}, {@code role} and {@code provider} as ARNs, {@code duration} in seconds, {@code groups}. */
    Reply saml(Form query) {
        Optional<String> role = query.first("role");
        Optional<String> trusted = query.first("provider");
        if (role.isEmpty() || trusted.isEmpty()) {
            return Reply.text(400, "role=ROLE_ARN and provider=PROVIDER_ARN are needed, user=NAME is welcome\n");
        }
        String user = query.first("user").orElse(USER);
        SamlDraft draft = provider.samlResponse()
                .nameId(user)
                .role(role.get(), trusted.get())
                .roleSessionName(user);
        query.first("duration")
                .ifPresent(seconds -> draft.attribute(SamlNames.AWS_ATTRIBUTES + "SessionDuration", seconds));
        query.first("groups").ifPresent(_ -> draft.attribute("groups", list(query, "groups", "")));
        return Reply.text(200, draft.encode());
    }

    private static String[] list(Form query, String name, String otherwise) {
        List<String> values = query.all(name);
        return (values.isEmpty() ? Stream.of(otherwise) : values.stream())
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .toArray(String[]::new);
    }

    private static Duration seconds(String text) {
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static JwtAlgorithm algorithm(String text) {
        return Stream.of(JwtAlgorithm.values())
                .filter(algorithm -> algorithm.identifier().equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new);
    }
}
