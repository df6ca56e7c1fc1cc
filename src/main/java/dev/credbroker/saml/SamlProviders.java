package dev.credbroker.saml;

import dev.credbroker.configuration.Entries;
import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The SAML identity providers that are trusted, and the fetching of their metadata. */
public final class SamlProviders implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(SamlProviders.class);

    /** Fetches at a time: more wait for one another, so that a hundred dead providers do not take a hundred threads. */
    private static final int FETCHES = 4;

    /** Lest all replicas fetch at the same moment: each waits 0.9 to 1.1 of the time. */
    private static final double JITTER = 0.1;

    private final List<SamlProvider> providers;
    private final Set<String> names;
    private final InstantSource clock;
    private final ScheduledExecutorService scheduler;

    private SamlProviders(
            Collection<SamlProvider> providers,
            Set<String> names,
            InstantSource clock,
            ScheduledExecutorService scheduler) {
        this.providers = List.copyOf(providers);
        this.names = Set.copyOf(names);
        this.clock = clock;
        this.scheduler = scheduler;
    }

    /** Reads the configuration and its files. A provider with a finding is left out; the findings stop the start. */
    public static SamlProviders from(SamlConfig config, Findings findings, InstantSource clock) {
        return from(
                config,
                findings,
                clock,
                new MetadataDownload(MetadataDownload.LONGEST_WAIT),
                Executors.newScheduledThreadPool(
                        FETCHES, Thread.ofVirtual().name("saml-metadata-", 0).factory()));
    }

    static SamlProviders from(
            SamlConfig config,
            Findings findings,
            InstantSource clock,
            MetadataDownload download,
            ScheduledExecutorService scheduler) {
        Map<String, SamlConfig.Provider> entries = Entries.named("broker.saml", config.saml(), findings);
        Collection<SamlProvider> providers = new ConfiguredProviders(findings, clock, download).read(entries);
        return new SamlProviders(providers, entries.keySet(), clock, scheduler);
    }

    /** The names of all configured providers, also of those with findings. */
    public Set<String> names() {
        return names;
    }

    /** The names of those whose assertions may be addressed to the broker, and so open {@code assume-role}. */
    public Set<String> namesAddressedToBroker() {
        return addressed(Addressee.BROKER);
    }

    /** The names of those whose assertions may be addressed to AWS, and so open {@code assume-role-with-saml}. */
    public Set<String> namesAddressedToAws() {
        return addressed(Addressee.AWS);
    }

    /**
     * Warns of certificates outside their dates, and begins to fetch metadata in the background, now and then every hour.
     * Neither blocks nor throws.
     */
    public void start() {
        for (SamlProvider provider : providers) {
            warnOfDates(provider);
            if (provider.keys() instanceof FetchedMetadata metadata) {
                schedule(metadata, Duration.ZERO);
            }
        }
    }

    /** Ends the fetching. What is known stays known. */
    @Override
    public void close() {
        scheduler.shutdownNow();
    }

    public List<SamlProviderState> states() {
        return providers.stream()
                .map(provider -> provider.state(clock.instant()))
                .toList();
    }

    /**
     * The provider of that entity id. One that is configured with it comes before one whose metadata says it; of several
     * whose metadata say it, none is believed. While some metadata that is to say it has not been fetched, it could be
     * that provider's: then the answer is that one, which has no keys yet.
     */
    Optional<SamlProvider> issuing(String entityId) {
        List<SamlProvider> its = providers.stream()
                .filter(provider -> provider.entityId().equals(Optional.of(entityId)))
                .toList();
        if (its.isEmpty()) {
            return providers.stream()
                    .filter(provider -> provider.entityId().isEmpty())
                    .findFirst();
        }
        return its.stream()
                .filter(provider ->
                        its.size() == 1 || provider.settings().entityId().isPresent())
                .findFirst()
                .map(provider -> provider.named(entityId));
    }

    /** Of what the operator has configured; what is fetched later is the provider's own business. */
    private void warnOfDates(SamlProvider provider) {
        String trust = provider.settings().refusesExpiredCertificates() ? "is not trusted" : "is trusted all the same";
        for (CertifiedKey key : provider.undatedAt(clock.instant())) {
            LOG.warnf(
                    "broker.saml.%s: a signing certificate is good from %s to %s only; its key %s (expired-certificates)",
                    provider.name(), key.notBefore(), key.notAfter(), trust);
        }
    }

    private void refresh(FetchedMetadata metadata) {
        double jitter = ThreadLocalRandom.current().nextDouble(1 - JITTER, 1 + JITTER);
        schedule(metadata, Duration.ofMillis((long) (metadata.refresh().toMillis() * jitter)));
    }

    private void schedule(FetchedMetadata metadata, Duration delay) {
        try {
            var _ = scheduler.schedule(() -> refresh(metadata), delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            // Closed meanwhile: nobody needs the next one.
        }
    }

    private Set<String> addressed(Addressee addressee) {
        return providers.stream()
                .filter(provider -> provider.settings().addresses().containsKey(addressee))
                .map(SamlProvider::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
