package dev.credbroker.saml;

import dev.credbroker.configuration.Findings;
import java.security.Security;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Makes providers of their configuration, and collects every mistake in it. */
final class ConfiguredProviders {

    private final Findings findings;
    private final InstantSource clock;
    private final MetadataDownload download;

    ConfiguredProviders(Findings findings, InstantSource clock, MetadataDownload download) {
        this.findings = findings;
        this.clock = clock;
        this.download = download;
    }

    Collection<SamlProvider> read(Map<String, SamlConfig.Provider> configured) {
        if (!configured.isEmpty() && !SecureValidation.refusesSha1(Security.getProperty(SecureValidation.POLICY))) {
            findings.add("broker.saml", SecureValidation.ADVICE);
        }
        List<SamlProvider> providers = new ArrayList<>();
        // Sorted, so that the same mistakes are told in the same order at every start.
        new TreeMap<>(configured)
                .forEach((name, provider) -> new ConfiguredProvider(name, provider, findings, clock, download)
                        .read()
                        .ifPresent(providers::add));
        return unique(providers);
    }

    private Collection<SamlProvider> unique(List<SamlProvider> providers) {
        Map<String, SamlProvider> byEntityId = new HashMap<>();
        for (SamlProvider provider : providers) {
            Optional<SamlProvider> earlier = provider.settings()
                    .entityId()
                    .flatMap(entityId -> Optional.ofNullable(byEntityId.putIfAbsent(entityId, provider)));
            if (earlier.isPresent()) {
                findings.add(
                        "broker.saml." + provider.name() + ".entity-id",
                        "is the entity id of broker.saml." + earlier.get().name() + " too; each needs one of its own");
            }
        }
        return providers;
    }
}
