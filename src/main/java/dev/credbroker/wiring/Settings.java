package dev.credbroker.wiring;

import dev.credbroker.audit.AuditConfig;
import dev.credbroker.audit.OnFailure;
import dev.credbroker.cache.CacheConfig;
import dev.credbroker.cache.Freshness;
import dev.credbroker.cache.RedisSettings;
import dev.credbroker.configuration.EmptyProperties;
import dev.credbroker.configuration.Entries;
import dev.credbroker.configuration.Findings;
import dev.credbroker.oidc.KeyUpkeep;
import dev.credbroker.oidc.OidcConfig;
import dev.credbroker.oidc.OidcIssuers;
import dev.credbroker.roles.ProviderTraits;
import dev.credbroker.roles.RoleCatalogue;
import dev.credbroker.roles.RolesConfig;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.sts.StsConfig;
import dev.credbroker.sts.StsSettings;
import io.smallrye.config.SmallRyeConfig;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The whole configuration, read and found right: built once, before anything is served. */
public record Settings(
        OidcIssuers issuers,
        SamlProviders samlProviders,
        RoleCatalogue roles,
        StsSettings sts,
        Freshness freshness,
        int maximumSessions,
        Optional<RedisSettings> redis,
        OnFailure auditOnFailure) {

    /** @throws io.quarkus.runtime.configuration.ConfigurationException with all mistakes of all packages */
    static Settings read(
            OidcConfig oidc,
            SamlConfig saml,
            RolesConfig roles,
            StsConfig sts,
            CacheConfig cache,
            AuditConfig audit,
            SmallRyeConfig whole,
            KeyUpkeep upkeep) {
        Findings findings = new Findings();
        EmptyProperties.find(whole, findings);
        ServerSettings.find(whole, findings);
        HttpsSettings.find(whole, findings);
        StsSettings stsSettings = StsSettings.from(sts, environment(), findings);
        OidcIssuers issuers = OidcIssuers.from(oidc, findings, upkeep);
        SamlProviders samlProviders = SamlProviders.from(saml, findings, upkeep.clock());
        Settings settings = new Settings(
                issuers,
                samlProviders,
                RoleCatalogue.from(roles, traits(oidc, saml, samlProviders, findings), stsSettings.region(), findings),
                stsSettings,
                Freshness.from(cache, findings),
                cache.maximumSessions(),
                RedisSettings.from(cache, findings),
                findings.parse("broker.audit.on-failure", audit.onFailure(), OnFailure::parse)
                        .orElse(OnFailure.REFUSE));
        if (audit.queue() < 1) {
            findings.add("broker.audit.queue", "is at least 1");
        }
        ConfigurationFindings.throwIfAny(findings);
        return settings;
    }

    private static Set<String> environment() {
        Set<String> names = new HashSet<>(System.getenv().keySet());
        names.addAll(System.getProperties().stringPropertyNames());
        return names;
    }

    private static Map<String, ProviderTraits> traits(
            OidcConfig oidc, SamlConfig saml, SamlProviders samlProviders, Findings findings) {
        Map<String, ProviderTraits> traits = new LinkedHashMap<>();
        Entries.named("broker.issuers", oidc.issuers(), new Findings())
                .forEach((name, issuer) -> traits.put(
                        name,
                        new ProviderTraits(
                                false,
                                issuer.audiences().isPresent(),
                                issuer.awsAudiences().isPresent())));
        for (String name :
                Entries.named("broker.saml", saml.saml(), new Findings()).keySet()) {
            boolean toBroker = samlProviders.namesAddressedToBroker().contains(name);
            boolean toAws = samlProviders.namesAddressedToAws().contains(name);
            // One that is neither has mistakes of its own: what its roles could make of it is not another one.
            ProviderTraits own = new ProviderTraits(true, toBroker || !toAws, toAws || !toBroker);
            if (traits.put(name, own) != null) {
                findings.add("broker.saml." + name, "has the name of an issuer: a role's admissions could mean either");
            }
        }
        if (traits.isEmpty()) {
            findings.add("broker.issuers", "is empty, and so is broker.saml: nobody could be verified");
        }
        return traits;
    }
}
