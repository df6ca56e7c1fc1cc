package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.TestClock;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.http.Gate;
import dev.credbroker.simulator.http.Reply;
import dev.credbroker.simulator.idp.Page;
import dev.credbroker.simulator.idp.SimulatedIdentityProvider;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FetchedMetadataTest {

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofHours(24);

    private static final TestClock CLOCK = new TestClock();
    private static final Simulator SIMULATOR = new Simulator(CLOCK);

    private final SimulatedIdentityProvider provider = SIMULATOR.identityProvider();
    private FetchedMetadata metadata = at(provider.url(Page.METADATA), LONG_ENOUGH);

    @BeforeEach
    void nothingYet() {
        CLOCK.turnTo(TestClock.START);
        assertThat(usable()).isFalse();
        assertThat(metadata.age(CLOCK.instant())).isEmpty();
    }

    @AfterEach
    void clear() {
        provider.faults(Page.METADATA).clear();
    }

    @AfterAll
    static void stop() {
        SIMULATOR.close();
    }

    @Test
    void refresh_good_isUsableForAnHourUntilTheNext() {
        Duration next = metadata.refresh();
        CLOCK.advance(Duration.ofMinutes(10));

        assertThat(next).isEqualTo(HOUR);
        assertThat(usable()).isTrue();
        assertThat(metadata.lastFailure()).isEmpty();
        assertThat(metadata.age(CLOCK.instant())).contains(Duration.ofMinutes(10));
    }

    @Test
    void refresh_rotatedKeys_replaceTheOldOnes() {
        metadata.refresh();
        provider.rotateKeys();
        metadata.refresh();

        assertThat(metadata.at(CLOCK.instant()).orElseThrow())
                .extracting(CertifiedKey::key)
                .containsExactlyElementsOf(provider.certificates().stream()
                        .map(certificate -> certificate.getPublicKey())
                        .toList());
    }

    static Stream<Arguments> faults() {
        String empty = "<md:EntityDescriptor xmlns:md='%s' entityID='x'/>".formatted(Elements.METADATA);
        return Stream.of(
                Arguments.of(Fault.status(500), MetadataFailure.STATUS),
                Arguments.of(Fault.status(404), MetadataFailure.STATUS),
                Arguments.of(Fault.status(304), MetadataFailure.STATUS),
                Arguments.of(Fault.redirect("http://127.0.0.1:1/"), MetadataFailure.STATUS),
                Arguments.of(Fault.html(), MetadataFailure.NOT_METADATA),
                Arguments.of(Fault.instead(Reply.text(200, "")), MetadataFailure.NOT_METADATA),
                Arguments.of(Fault.instead(Reply.text(200, empty)), MetadataFailure.OTHER_ENTITY),
                Arguments.of(Fault.truncate(), MetadataFailure.NOT_METADATA),
                Arguments.of(Fault.cut(), MetadataFailure.UNREACHABLE),
                Arguments.of(Fault.huge(1024 * 1024 - 1), MetadataFailure.BODY),
                Arguments.of(Fault.huge(1024 * 1024 - 2), MetadataFailure.NOT_METADATA));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refresh_bad_isToldAndTriedAgainSoon(Fault fault, MetadataFailure failure) {
        provider.faults(Page.METADATA).always(fault);

        assertThat(metadata.refresh()).isEqualTo(FIVE_SECONDS);
        assertThat(metadata.lastFailure()).contains(failure);
        assertThat(usable()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void refresh_badAfterGood_keepsTheGoodForADay(Fault fault, MetadataFailure failure) {
        Instant fetched = CLOCK.instant();
        metadata.refresh();
        provider.faults(Page.METADATA).always(fault);
        CLOCK.advance(HOUR);
        assertThat(metadata.refresh()).isEqualTo(MINUTE);

        assertThat(metadata.lastFailure()).contains(failure);
        CLOCK.turnTo(fetched.plus(DAY).minusSeconds(1));
        assertThat(usable()).isTrue();
        CLOCK.turnTo(fetched.plus(DAY));
        assertThat(usable()).isFalse();
    }

    @Test
    void refresh_goodAfterBad_forgetsTheFailure() {
        provider.faults(Page.METADATA).next(1, Fault.status(500));
        metadata.refresh();
        metadata.refresh();

        assertThat(metadata.lastFailure()).isEmpty();
        assertThat(usable()).isTrue();
    }

    @Test
    void refresh_stalledBody_endsInTime() {
        metadata = at(provider.url(Page.METADATA), Duration.ofMillis(200));
        provider.faults(Page.METADATA).always(Fault.stall());

        assertThat(metadata.refresh()).isEqualTo(FIVE_SECONDS);
        assertThat(metadata.lastFailure()).contains(MetadataFailure.TIMEOUT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99_999})
    void refresh_nobodyThereOrNoSuchPort_isUnreachable(int port) {
        metadata = at("http://127.0.0.1:" + port + "/metadata", LONG_ENOUGH);

        assertThat(metadata.refresh()).isEqualTo(FIVE_SECONDS);
        assertThat(metadata.lastFailure()).contains(MetadataFailure.UNREACHABLE);
    }

    @Test
    void refresh_interrupted_failsAndStaysInterrupted() {
        provider.faults(Page.METADATA).always(Fault.stall());
        Thread.currentThread().interrupt();

        assertThat(metadata.refresh()).isEqualTo(FIVE_SECONDS);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(metadata.lastFailure()).contains(MetadataFailure.UNREACHABLE);
    }

    @Test
    void refresh_entityIdLeftToTheMetadata_isForEverThatOfTheFirst() {
        metadata = new FetchedMetadata(
                URI.create(provider.url(Page.METADATA)), Optional.empty(), new MetadataDownload(LONG_ENOUGH), CLOCK);
        assertThat(metadata.entityId()).isEmpty();
        metadata.refresh();
        assertThat(metadata.entityId()).contains(provider.entityId());

        String other = provider.metadata().replace(provider.entityId(), "urn:other");
        provider.faults(Page.METADATA).always(Fault.instead(Reply.of(200, "text/xml", other)));
        metadata.refresh();

        assertThat(metadata.lastFailure()).contains(MetadataFailure.OTHER_ENTITY);
        assertThat(metadata.entityId()).contains(provider.entityId());
        assertThat(usable()).isTrue();
    }

    @Test
    void refresh_validUntil_endsItEarlierAndFetchesSooner() {
        Instant end = CLOCK.instant().plus(Duration.ofMinutes(20));
        String limited = provider.metadata().replace("entityID=", "validUntil=\"" + end + "\" entityID=");
        provider.faults(Page.METADATA).always(Fault.instead(Reply.of(200, "text/xml", limited)));

        assertThat(metadata.refresh()).isEqualTo(Duration.ofMinutes(10));
        CLOCK.turnTo(end.minusSeconds(1));
        assertThat(usable()).isTrue();
        assertThat(metadata.refresh()).isEqualTo(MINUTE);
        CLOCK.turnTo(end);
        assertThat(usable()).isFalse();
    }

    @Test
    void start_withASlowProvider_returnsAndAnswersUnavailableUntilThen() throws Exception {
        ScheduleProbe scheduler = new ScheduleProbe();
        SamlProviders providers = providers(scheduler);
        AssertionChecker checker = new AssertionChecker(providers, CLOCK);
        Secret response = Secret.of(provider.samlResponse().encode());
        Gate gate = provider.faults(Page.METADATA).hold();

        providers.start();
        gate.awaitArrivals(1, LONG_ENOUGH);
        assertThat(checker.check(response)).isEqualTo(new AssertionCheck.MetadataUnavailable("corp"));
        assertThat(providers.states())
                .containsExactly(new SamlProviderState("corp", false, Optional.empty(), Optional.empty()));

        provider.faults(Page.METADATA).clear();
        assertThat(scheduler.nextDelay()).isBetween(Duration.ofMinutes(54), Duration.ofMinutes(66));
        assertThat(checker.check(response)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(providers.states())
                .containsExactly(new SamlProviderState("corp", true, Optional.of(Duration.ZERO), Optional.empty()));
        providers.close();
    }

    @Test
    void start_withAFailingProvider_triesAgainInSeconds() throws Exception {
        ScheduleProbe scheduler = new ScheduleProbe();
        provider.faults(Page.METADATA).always(Fault.status(500));

        try (SamlProviders providers = providers(scheduler)) {
            providers.start();

            assertThat(scheduler.nextDelay()).isBetween(Duration.ofMillis(4500), Duration.ofMillis(5500));
            assertThat(providers.states().getFirst().lastFailure()).contains(MetadataFailure.STATUS);
        }
    }

    @Test
    void issuing_entityIdThatMetadataSays_isItsProviderAndNoOther() throws Exception {
        try (SamlProviders providers = fetched(Map.of("one", false))) {
            assertThat(providers.issuing(provider.entityId()).map(SamlProvider::name))
                    .contains("one");
            assertThat(providers.issuing("urn:other")).isEmpty();
        }
    }

    @Test
    void issuing_entityIdThatTwoMetadataSay_isNobodyUnlessConfigured() throws Exception {
        try (SamlProviders both = fetched(Map.of("one", false, "two", false));
                SamlProviders configured = fetched(Map.of("one", false, "two", true, "zzz", false))) {
            assertThat(both.issuing(provider.entityId())).isEmpty();
            assertThat(configured.issuing(provider.entityId()).map(SamlProvider::name))
                    .contains("two");
        }
    }

    /** @param named by the names of providers with one metadata: whether the entity id is configured, too */
    private SamlProviders fetched(Map<String, Boolean> named) throws InterruptedException {
        Map<String, String> properties = new HashMap<>();
        named.forEach((name, configured) -> {
            properties.put("broker.saml." + name + ".metadata", provider.url(Page.METADATA));
            properties.put("broker.saml." + name + ".provider-arn", "arn:aws:iam::*:saml-provider/corp");
            if (configured) {
                properties.put("broker.saml." + name + ".entity-id", provider.entityId());
            }
        });
        ScheduleProbe scheduler = new ScheduleProbe();
        SamlProviders providers = providers(scheduler, TrustedProvider.config(properties));
        providers.start();
        for (int i = 0; i < named.size(); i++) {
            assertThat(scheduler.nextDelay()).isGreaterThan(MINUTE);
        }
        return providers;
    }

    /** Runs at once what is due at once, and only takes note of what is due later. */
    private static final class ScheduleProbe extends ScheduledThreadPoolExecutor {

        private final BlockingQueue<Duration> delays = new LinkedBlockingQueue<>();

        ScheduleProbe() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
            if (delay == 0) {
                return super.schedule(command, delay, unit);
            }
            delays.add(Duration.of(delay, unit.toChronoUnit()));
            return super.schedule(() -> {}, 0, unit);
        }

        Duration nextDelay() throws InterruptedException {
            return Optional.ofNullable(delays.poll(LONG_ENOUGH.toSeconds(), TimeUnit.SECONDS))
                    .orElseThrow();
        }
    }

    private SamlProviders providers(ScheduleProbe scheduler) {
        return providers(
                scheduler,
                TrustedProvider.config(Map.of(
                        "broker.saml.corp.metadata", provider.url(Page.METADATA),
                        "broker.saml.corp.entity-id", provider.entityId(),
                        "broker.saml.corp.provider-arn", "arn:aws:iam::*:saml-provider/corp")));
    }

    private static SamlProviders providers(ScheduleProbe scheduler, SamlConfig config) {
        Findings findings = new Findings();
        SamlProviders providers =
                SamlProviders.from(config, findings, CLOCK, new MetadataDownload(LONG_ENOUGH), scheduler);
        assertThat(findings.all()).isEmpty();
        return providers;
    }

    private FetchedMetadata at(String url, Duration longestWait) {
        return new FetchedMetadata(
                URI.create(url), Optional.of(provider.entityId()), new MetadataDownload(longestWait), CLOCK);
    }

    private boolean usable() {
        return metadata.at(CLOCK.instant()).isPresent();
    }
}
