package dev.credbroker.health;

import dev.credbroker.cache.SharedStore;
import dev.credbroker.oidc.IssuerKeys;
import dev.credbroker.oidc.OidcIssuers;
import dev.credbroker.saml.SamlProviderState;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.sts.StsRegions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/**
 * Ready once one provider's proofs can be verified, and from then on: an issuer or a region in trouble is told as data,
 * since it is in trouble for all replicas alike and taking them away would help nobody.
 */
@Readiness
@ApplicationScoped
public class ProvidersCheck implements HealthCheck {

    private final OidcIssuers issuers;
    private final SamlProviders samlProviders;
    private final StsRegions regions;
    private final SharedStore store;
    private final AtomicBoolean begun = new AtomicBoolean();

    public ProvidersCheck(OidcIssuers issuers, SamlProviders samlProviders, StsRegions regions, SharedStore store) {
        this.issuers = issuers;
        this.samlProviders = samlProviders;
        this.regions = regions;
        this.store = store;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder answer = HealthCheckResponse.named("credential-broker");
        issuers.keys().forEach(keys -> answer.withData("issuer." + keys.issuerName(), state(keys)));
        samlProviders.states().forEach(provider -> answer.withData("saml." + provider.provider(), state(provider)));
        regions.states()
                .forEach(region ->
                        answer.withData("sts." + region.region(), region.reachable() ? "reachable" : "unreachable"));
        state(store).ifPresent(state -> answer.withData("shared-store", state));
        answer.withData("degraded", isDegraded());
        return answer.status(isReady()).build();
    }

    /** Whether anything around this replica is in trouble: then it lives on what it holds, as far as that goes. */
    public boolean isDegraded() {
        return issuers.keys().stream()
                        .anyMatch(keys -> !keys.usable() || keys.lastFailure().isPresent())
                || samlProviders.states().stream()
                        .anyMatch(provider ->
                                !provider.usable() || provider.lastFailure().isPresent())
                || regions.states().stream().anyMatch(region -> !region.reachable())
                || store.state() == SharedStore.State.UNREACHABLE;
    }

    private boolean isReady() {
        if (issuers.keys().stream().anyMatch(IssuerKeys::usable)
                || samlProviders.states().stream().anyMatch(SamlProviderState::usable)) {
            begun.set(true);
        }
        return begun.get();
    }

    private static Optional<String> state(SharedStore store) {
        return switch (store.state()) {
            case ABSENT -> Optional.empty();
            case REACHABLE -> Optional.of("reachable");
            case UNREACHABLE -> Optional.of("unreachable");
        };
    }

    private static String state(IssuerKeys keys) {
        return (keys.usable() ? "usable" : "unusable")
                + keys.lastFailure().map(failure -> ", last fetch: " + failure).orElse("");
    }

    private static String state(SamlProviderState provider) {
        return (provider.usable() ? "usable" : "unusable")
                + provider.lastFailure()
                        .map(failure -> ", last fetch: " + failure.text())
                        .orElse("");
    }
}
