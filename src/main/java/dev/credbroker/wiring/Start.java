package dev.credbroker.wiring;

import dev.credbroker.audit.JsonAuditLog;
import dev.credbroker.health.ProvidersCheck;
import dev.credbroker.oidc.IssuerKeys;
import dev.credbroker.roles.Role;
import dev.credbroker.roles.StsOperation;
import dev.credbroker.saml.SamlProviderState;
import dev.credbroker.sts.SdkOwnCredentials;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.eclipse.microprofile.health.Readiness;

/** Sets going what runs beside the requests. None of it can keep the start up: what is down shows in health. */
@ApplicationScoped
public class Start {

    private final Settings settings;
    private final JsonAuditLog audit;
    private final SdkOwnCredentials ownCredentials;
    private final ExecutorService threads;
    private final ProvidersCheck health;
    private final MeterRegistry registry;

    public Start(
            Settings settings,
            JsonAuditLog audit,
            SdkOwnCredentials ownCredentials,
            @VirtualThreads ExecutorService threads,
            @Readiness ProvidersCheck health,
            MeterRegistry registry) {
        this.settings = settings;
        this.audit = audit;
        this.ownCredentials = ownCredentials;
        this.threads = threads;
        this.health = health;
        this.registry = registry;
    }

    void onStart(@Observes StartupEvent event) {
        audit.start();
        settings.issuers().start();
        settings.samlProviders().start();
        settings.issuers().keys().forEach(this::watch);
        settings.samlProviders().states().forEach(this::watch);
        Gauge.builder(Meters.DEGRADED, health, check -> check.isDegraded() ? 1 : 0)
                .register(registry);
        if (settings.roles().all().stream().map(Role::operation).anyMatch(StsOperation.ASSUME_ROLE::equals)) {
            threads.execute(ownCredentials::lookUp);
        }
    }

    void onStop(@Observes ShutdownEvent event) {
        settings.issuers().close();
        settings.samlProviders().close();
    }

    private void watch(IssuerKeys keys) {
        Gauge.builder(Meters.PROVIDER_USABLE, keys, state -> state.usable() ? 1 : 0)
                .tag(Meters.PROVIDER, keys.issuerName())
                .register(registry);
        Gauge.builder(
                        Meters.JWKS_AGE,
                        keys,
                        state -> state.age().map(Duration::toSeconds).orElse(-1L))
                .baseUnit("seconds")
                .tag(Meters.ISSUER, keys.issuerName())
                .register(registry);
    }

    private void watch(SamlProviderState provider) {
        Gauge.builder(
                        Meters.PROVIDER_USABLE,
                        settings.samlProviders(),
                        all -> all.states().stream()
                                        .anyMatch(
                                                state -> state.provider().equals(provider.provider()) && state.usable())
                                ? 1
                                : 0)
                .tag(Meters.PROVIDER, provider.provider())
                .register(registry);
    }
}
