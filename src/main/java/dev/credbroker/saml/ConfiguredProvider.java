package dev.credbroker.saml;

import dev.credbroker.aws.SamlProviderArnPattern;
import dev.credbroker.configuration.Findings;
import dev.credbroker.configuration.WebAddress;
import io.quarkus.runtime.configuration.DurationConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Makes one provider of its configuration, and collects every mistake in it under the property that is wrong. */
final class ConfiguredProvider {

    private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://.*");
    private static final String PEM = "-----BEGIN";
    private static final int LONGEST_ENTITY_ID = 1024;
    private static final Duration LARGEST_SKEW = Duration.ofMinutes(3);
    private static final Duration SHORTEST_AGE = Duration.ofSeconds(1);
    private static final Duration LONGEST_AGE = Duration.ofHours(12);
    private static final Duration LONGEST_SIGN_IN_AGE = Duration.ofDays(30);

    private final String name;
    private final SamlConfig.Provider config;
    private final Findings findings;
    private final InstantSource clock;
    private final MetadataDownload download;

    ConfiguredProvider(
            String name,
            SamlConfig.Provider config,
            Findings findings,
            InstantSource clock,
            MetadataDownload download) {
        this.name = name;
        this.config = config;
        this.findings = findings;
        this.clock = clock;
        this.download = download;
    }

    private record Trust(Optional<String> entityId, SigningKeys keys) {}

    /** Absent if there is any finding. */
    Optional<SamlProvider> read() {
        int before = findings.all().size();
        Optional<Trust> trust = trust();
        Optional<SamlProviderArnPattern> arn = config.providerArn()
                .flatMap(text -> findings.parse(property("provider-arn"), text, SamlProviderArnPattern::parse));
        Map<Addressee, Address> addresses = addresses(arn);
        Optional<Duration> skew = duration("clock-skew", config.clockSkew(), Duration.ZERO, LARGEST_SKEW);
        Optional<Duration> age = duration("max-assertion-age", config.maxAssertionAge(), SHORTEST_AGE, LONGEST_AGE);
        SignInRules signIn = signIn();
        boolean responseSuffices = isSecond("signature", config.signature(), "assertion", "response-or-assertion");
        boolean refusesExpired = isSecond("expired-certificates", config.expiredCertificates(), "accept", "refuse");
        trust.ifPresent(found -> checkDates(found.keys(), refusesExpired));
        checkAttributes();
        if (findings.all().size() > before) {
            return Optional.empty();
        }
        Trust found = trust.orElseThrow();
        ProviderSettings settings = new ProviderSettings(
                name,
                found.entityId(),
                arn,
                addresses,
                responseSuffices,
                refusesExpired,
                skew.orElseThrow(),
                age.orElseThrow(),
                signIn,
                config.attributes());
        return Optional.of(new SamlProvider(settings, found.keys()));
    }

    // Whom to trust: metadata, or an entity id with certificates.

    private Optional<Trust> trust() {
        config.entityId().ifPresent(this::checkEntityId);
        if (config.metadata().isPresent() && config.signingCertificates().isPresent()) {
            return mistake("metadata", "contradicts signing-certificates: keep one of them");
        }
        if (config.signingCertificates().isPresent()) {
            return fromCertificates(config.signingCertificates().get());
        }
        if (config.metadata().isEmpty()) {
            return mistake("metadata", "is missing: a file or https URL, or else entity-id with signing-certificates");
        }
        String metadata = config.metadata().get();
        return URL.matcher(metadata).matches() ? fromUrl(metadata) : fromFile(metadata);
    }

    private void checkEntityId(String entityId) {
        if (entityId.isBlank() || !entityId.equals(entityId.strip()) || entityId.length() > LONGEST_ENTITY_ID) {
            findings.add(
                    property("entity-id"),
                    "must be 1 to 1024 characters as the provider sends them, without spaces around");
        }
    }

    private Optional<Trust> fromCertificates(List<String> certificates) {
        List<CertifiedKey> keys = new ArrayList<>();
        for (int i = 0; i < certificates.size(); i++) {
            keys.addAll(certificate("signing-certificates[" + i + "]", certificates.get(i)));
        }
        Optional<List<CertifiedKey>> few = few(keys, certificates);
        if (config.entityId().isEmpty()) {
            return mistake("entity-id", "is missing: signing-certificates do not say whose they are");
        }
        return few.map(found -> new Trust(config.entityId(), new FixedKeys(found, Optional.empty())));
    }

    private List<CertifiedKey> certificate(String key, String pemOrFile) {
        try {
            if (pemOrFile.strip().startsWith(PEM)) {
                return Certificates.keys(pemOrFile.strip());
            }
            return Certificates.keys(contents(pemOrFile));
        } catch (UnusableMetadata e) {
            findings.add(property(key), e.failure().advice());
        } catch (IOException | InvalidPathException e) {
            findings.add(property(key), "is neither PEM text nor a file that can be read: " + pemOrFile);
        }
        return List.of();
    }

    private Optional<List<CertifiedKey>> few(List<CertifiedKey> keys, List<String> certificates) {
        if (keys.isEmpty() && !certificates.isEmpty()) {
            return Optional.empty(); // Each of them has its finding already.
        }
        try {
            return Optional.of(Certificates.few(keys));
        } catch (UnusableMetadata e) {
            return mistake("signing-certificates", e.failure().advice());
        }
    }

    private Optional<Trust> fromFile(String file) {
        try {
            IdpMetadata metadata = MetadataReader.read(contents(file), config.entityId(), clock.instant());
            return Optional.of(new Trust(
                    Optional.of(metadata.entityId()), new FixedKeys(metadata.signingKeys(), metadata.validUntil())));
        } catch (UnusableMetadata e) {
            return mistake("metadata", e.failure().advice());
        } catch (IOException | InvalidPathException e) {
            return mistake("metadata", "is not a file that can be read: " + file);
        }
    }

    private Optional<Trust> fromUrl(String url) {
        return findings.parse(property("metadata"), url, WebAddress::parse)
                .map(address -> new Trust(
                        config.entityId(), new FetchedMetadata(address.uri(), config.entityId(), download, clock)));
    }

    private static byte[] contents(String file) throws IOException, UnusableMetadata {
        try (InputStream stream = Files.newInputStream(Path.of(file))) {
            byte[] contents = stream.readNBytes(MetadataDownload.LONGEST + 1);
            if (contents.length > MetadataDownload.LONGEST) {
                throw new UnusableMetadata(MetadataFailure.BODY);
            }
            return contents;
        }
    }

    // For whom assertions may be made: AWS, the broker, or both.

    private Map<Addressee, Address> addresses(Optional<SamlProviderArnPattern> arn) {
        Map<Addressee, Address> addresses = new EnumMap<>(Addressee.class);
        arn.flatMap(this::aws).ifPresent(address -> addresses.put(Addressee.AWS, address));
        broker().ifPresent(address -> addresses.put(Addressee.BROKER, address));
        if (config.providerArn().isEmpty()) {
            checkWithoutAws();
        }
        return addresses;
    }

    private void checkWithoutAws() {
        if (config.brokerAudience().isEmpty() && config.brokerRecipient().isEmpty()) {
            findings.add(
                    property("provider-arn"),
                    "is missing: an ARN such as arn:aws:iam::*:saml-provider/NAME, or else broker-audience and broker-recipient");
        }
        config.audiences().ifPresent(set -> findings.add(property("audiences"), "means nothing without provider-arn"));
        config.recipients()
                .ifPresent(set -> findings.add(property("recipients"), "means nothing without provider-arn"));
    }

    private Optional<Address> aws(SamlProviderArnPattern arn) {
        checkList("audiences", config.audiences());
        checkList("recipients", config.recipients());
        Optional<Address> published = Address.of(arn.partition());
        if (config.audiences().isPresent() && config.recipients().isPresent()) {
            return Optional.of(
                    Address.of(config.audiences().get(), config.recipients().get()));
        }
        if (published.isEmpty()) {
            return mistake(
                    "provider-arn",
                    "lies in partition " + arn.partition()
                            + ", whose addresses are not known here: set audiences and recipients");
        }
        Address address = published.get();
        address = config.audiences().map(address::withAudiences).orElse(address);
        return Optional.of(config.recipients().map(address::withRecipients).orElse(address));
    }

    private void checkList(String key, Optional<List<String>> list) {
        if (list.isPresent() && (list.get().isEmpty() || list.get().stream().anyMatch(String::isBlank))) {
            findings.add(property(key), "must name at least one, and none that is empty");
        }
    }

    private Optional<Address> broker() {
        checkBroker("broker-audience", config.brokerAudience(), config.audiences());
        checkBroker("broker-recipient", config.brokerRecipient(), config.recipients());
        if (config.brokerAudience().isPresent() && config.brokerRecipient().isEmpty()) {
            return mistake("broker-recipient", "is missing: broker-audience needs it");
        }
        if (config.brokerRecipient().isPresent() && config.brokerAudience().isEmpty()) {
            return mistake("broker-audience", "is missing: broker-recipient needs it");
        }
        return config.brokerAudience()
                .map(audience -> Address.of(
                        List.of(audience), List.of(config.brokerRecipient().get())));
    }

    private void checkBroker(String key, Optional<String> own, Optional<List<String>> ofAws) {
        if (own.isEmpty()) {
            return;
        }
        String text = own.get();
        if (text.isBlank()) {
            findings.add(property(key), "must not be empty");
        }
        if (Address.ofAws(text) || ofAws.orElse(List.of()).contains(text)) {
            findings.add(
                    property(key),
                    "is AWS's own: what is addressed to AWS must never open a role that the broker assumes");
        }
    }

    // The rest.

    /** Of a property that knows two words. */
    private boolean isSecond(String key, String text, String first, String second) {
        if (!text.equals(first) && !text.equals(second)) {
            findings.add(property(key), "must be " + first + " or " + second);
        }
        return text.equals(second);
    }

    private SignInRules signIn() {
        checkList("authentication-contexts", config.authenticationContexts());
        return new SignInRules(
                config.maxAuthenticationAge()
                        .flatMap(text -> duration("max-authentication-age", text, SHORTEST_AGE, LONGEST_SIGN_IN_AGE)),
                config.authenticationContexts().map(Set::copyOf),
                config.unsolicitedOnly());
    }

    /** What is fetched may change before it matters, so only what is known by now is judged. */
    private void checkDates(SigningKeys keys, boolean refusesExpired) {
        Instant now = clock.instant();
        if (refusesExpired
                && keys instanceof FixedKeys fixed
                && fixed.keys().stream().noneMatch(key -> key.dated(now))) {
            findings.add(
                    property("expired-certificates"),
                    "refuses every certificate of this provider: none is within its dates");
        }
    }

    private void checkAttributes() {
        config.attributes().forEach((shortName, attribute) -> {
            if (shortName.isBlank() || attribute.isBlank()) {
                findings.add(property("attributes." + shortName), "must name a SAML attribute");
            }
        });
    }

    private Optional<Duration> duration(String key, String text, Duration shortest, Duration longest) {
        return findings.parse(property(key), text, value -> {
            Duration duration = DurationConverter.parseDuration(value);
            if (duration == null || duration.compareTo(shortest) < 0 || duration.compareTo(longest) > 0) {
                throw new IllegalArgumentException("must be %d to %d seconds, such as 60s or 10m"
                        .formatted(shortest.toSeconds(), longest.toSeconds()));
            }
            return duration;
        });
    }

    private <T> Optional<T> mistake(String key, String advice) {
        findings.add(property(key), advice);
        return Optional.empty();
    }

    private String property(String key) {
        return "broker.saml." + name + "." + key;
    }
}
