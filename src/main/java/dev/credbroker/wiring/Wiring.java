package dev.credbroker.wiring;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.credbroker.audit.AuditConfig;
import dev.credbroker.audit.JsonAuditLog;
import dev.credbroker.authorization.Authorizer;
import dev.credbroker.broker.BrokerMeters;
import dev.credbroker.broker.CredentialBroker;
import dev.credbroker.cache.CacheConfig;
import dev.credbroker.cache.CredentialCache;
import dev.credbroker.cache.RedisSharedStore;
import dev.credbroker.cache.SharedFlight;
import dev.credbroker.cache.SharedStore;
import dev.credbroker.cache.Waiting;
import dev.credbroker.identity.IdentityVerifier;
import dev.credbroker.oidc.JwtChecker;
import dev.credbroker.oidc.KeyUpkeep;
import dev.credbroker.oidc.OidcConfig;
import dev.credbroker.oidc.OidcIssuers;
import dev.credbroker.oidc.RefreshScheduler;
import dev.credbroker.roles.RolesConfig;
import dev.credbroker.saml.AssertionChecker;
import dev.credbroker.saml.SamlConfig;
import dev.credbroker.saml.SamlProviders;
import dev.credbroker.session.SessionPlanner;
import dev.credbroker.sts.Alarm;
import dev.credbroker.sts.SdkOwnCredentials;
import dev.credbroker.sts.StsClients;
import dev.credbroker.sts.StsConfig;
import dev.credbroker.sts.StsExchange;
import dev.credbroker.sts.StsExchanges;
import dev.credbroker.sts.StsRegions;
import dev.credbroker.telemetry.Meters;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.config.SmallRyeConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;

/** Puts the house together: each method makes one thing out of what the others made. */
@ApplicationScoped
public class Wiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Ticker ticker() {
        return Ticker.systemTicker();
    }

    @Produces
    @Singleton
    KeyUpkeep keyUpkeep(InstantSource clock) {
        return new KeyUpkeep(
                clock, RandomGenerator.of("L64X128MixRandom"), RefreshScheduler.on(timer("issuer-keys-timer")));
    }

    @Produces
    @Singleton
    Settings settings(
            OidcConfig oidc,
            SamlConfig saml,
            RolesConfig roles,
            StsConfig sts,
            CacheConfig cache,
            AuditConfig audit,
            SmallRyeConfig whole,
            KeyUpkeep upkeep) {
        return Settings.read(oidc, saml, roles, sts, cache, audit, whole, upkeep);
    }

    @Produces
    @Singleton
    OidcIssuers issuers(Settings settings) {
        return settings.issuers();
    }

    @Produces
    @Singleton
    SamlProviders samlProviders(Settings settings) {
        return settings.samlProviders();
    }

    @Produces
    @Singleton
    AwsCredentialsProvider defaultChain() {
        return DefaultCredentialsProvider.builder().build();
    }

    @Produces
    @Singleton
    SdkOwnCredentials ownCredentials(
            Settings settings, AwsCredentialsProvider defaultChain, @VirtualThreads ExecutorService threads) {
        return new SdkOwnCredentials(defaultChain, threads, settings.sts().callTimeout());
    }

    @Produces
    @Singleton
    StsClients stsClients(Settings settings, AwsCredentialsProvider defaultChain) {
        return new StsClients(
                settings.sts().endpoint(),
                settings.sts().connectTimeout(),
                settings.sts().callTimeout(),
                defaultChain);
    }

    void close(@Disposes StsClients clients) {
        clients.close();
    }

    @Produces
    @Singleton
    StsRegions stsRegions(InstantSource clock, MeterRegistry registry) {
        return new StsRegions(clock, registry);
    }

    @Produces
    @Singleton
    SharedStore sharedStore(Settings settings, InstantSource clock, Ticker ticker, MeterRegistry registry) {
        return settings.redis()
                .map(redis -> RedisSharedStore.open(redis, storeThreads(), Waiting.really(), clock, ticker, registry))
                .orElseGet(SharedStore::none);
    }

    /** Bare ones: an interrupt must reach whoever reads from a socket. */
    private static ExecutorService storeThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("shared-store-", 0).factory());
    }

    void close(@Disposes SharedStore store) {
        store.close();
    }

    @Produces
    @Singleton
    StsExchange exchange(
            Settings settings,
            StsClients clients,
            SdkOwnCredentials ownCredentials,
            StsRegions regions,
            MeterRegistry registry,
            InstantSource clock) {
        return StsExchanges.through(
                clients,
                ownCredentials,
                settings.sts(),
                regions,
                registry,
                clock,
                System::nanoTime,
                Alarm.on(timer("sts-turns-timer")),
                Wiring::pause);
    }

    private static ScheduledExecutorService timer(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name).factory());
    }

    /** Give or take a half, so that those who failed together do not come back together. */
    private static void pause(Duration time) {
        LockSupport.parkNanos(
                (long) (time.toNanos() * (0.5 + ThreadLocalRandom.current().nextDouble())));
    }

    @Produces
    @Singleton
    CredentialCache cache(
            Settings settings,
            SharedStore store,
            StsExchange exchange,
            MeterRegistry registry,
            @VirtualThreads ExecutorService threads,
            InstantSource clock,
            Ticker ticker) {
        DoubleSupplier jitter = () -> ThreadLocalRandom.current().nextDouble();
        Duration patience = settings.sts().callTimeout().plus(settings.sts().connectTimeout());
        CredentialCache cache = new CredentialCache(
                exchange,
                new SharedFlight(store, clock, ticker, Waiting.really(), jitter, patience, settings.maximumSessions()),
                settings.freshness(),
                settings.maximumSessions(),
                threads,
                clock,
                ticker,
                jitter,
                patience);
        registry.gauge(Meters.SESSIONS, cache, CredentialCache::size);
        return cache;
    }

    @Produces
    @Singleton
    JsonAuditLog auditLog(AuditConfig config, Settings settings, MeterRegistry registry) {
        return new JsonAuditLog(
                sink(config),
                config.queue(),
                settings.auditOnFailure(),
                registry.counter(Meters.AUDIT_LOST)::increment);
    }

    void close(@Disposes JsonAuditLog log) {
        log.close();
    }

    private static OutputStream sink(AuditConfig config) {
        if (config.file().isEmpty()) {
            return new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
        }
        try {
            return new BufferedOutputStream(Files.newOutputStream(
                    Path.of(config.file().get()), StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new ConfigurationException(
                    "broker.audit.file: cannot be written: " + config.file().get(), Set.of("broker.audit.file"));
        }
    }

    @Produces
    @Singleton
    CredentialBroker broker(
            Settings settings,
            SdkOwnCredentials ownCredentials,
            CredentialCache cache,
            JsonAuditLog audit,
            MeterRegistry registry,
            InstantSource clock) {
        return new CredentialBroker(
                new IdentityVerifier(
                        new JwtChecker(settings.issuers(), clock),
                        new AssertionChecker(settings.samlProviders(), clock)),
                new Authorizer(settings.roles()),
                new SessionPlanner(ownCredentials, clock),
                cache,
                audit,
                new BrokerMeters(registry),
                clock);
    }
}
