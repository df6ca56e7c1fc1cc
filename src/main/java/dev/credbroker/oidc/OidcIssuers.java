package dev.credbroker.oidc;

import dev.credbroker.configuration.Entries;
import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issuers that are trusted, each with its keys. */
public final class OidcIssuers implements AutoCloseable {

    private final Map<String, OidcIssuer> byText;

    OidcIssuers(List<OidcIssuer> issuers) {
        Map<String, OidcIssuer> known = new HashMap<>();
        issuers.forEach(issuer -> known.put(issuer.text(), issuer));
        this.byText = Map.copyOf(known);
    }

    /**
     * The issuers of the configuration, in which every mistake becomes a finding. An issuer with a mistake is left out,
     * so the result is for use only if there are no findings.
     */
    public static OidcIssuers from(OidcConfig config, Findings findings, KeyUpkeep upkeep) {
        return from(config, findings, upkeep, IssuerKeys.PATIENCE);
    }

    static OidcIssuers from(OidcConfig config, Findings findings, KeyUpkeep upkeep, Duration patience) {
        Map<String, OidcConfig.Issuer> configured = Entries.named("broker.issuers", config.issuers(), findings);
        Map<String, String> names = new HashMap<>();
        configured.forEach((name, issuer) -> issuer.issuer()
                .map(text -> names.putIfAbsent(text, name))
                .ifPresent(first -> findings.add(
                        IssuerReader.property(name, "issuer"),
                        "is the issuer of " + IssuerReader.property(first) + " already")));
        return new OidcIssuers(configured.entrySet().stream()
                .map(entry -> new IssuerReader(entry.getKey(), entry.getValue(), findings).read(upkeep, patience))
                .flatMap(Optional::stream)
                .toList());
    }

    /** Begins to fetch the keys of all issuers, in the background. */
    public void start() {
        keys().forEach(IssuerKeys::start);
    }

    @Override
    public void close() {
        keys().forEach(IssuerKeys::close);
    }

    /** For health and metrics. */
    public List<IssuerKeys> keys() {
        return byText.values().stream().map(OidcIssuer::keys).toList();
    }

    /** By the exact text; the unverified claim serves to choose the keys, and for nothing else. */
    Optional<OidcIssuer> trusted(String text) {
        return Optional.ofNullable(byText.get(text));
    }
}
