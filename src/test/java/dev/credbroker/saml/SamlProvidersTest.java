package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.BROKER_AUDIENCE;
import static dev.credbroker.saml.TrustedProvider.BROKER_RECIPIENT;
import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static dev.credbroker.saml.TrustedProvider.pem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SignedParts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamlProvidersTest {

    private static final String CERTIFICATE = pem(IDP.certificates().getFirst());

    @TempDir
    Path folder;

    private final Findings findings = new Findings();

    @Test
    void from_nothing_isNothing() {
        SamlProviders providers = providers(Map.of());

        assertThat(findings.all()).isEmpty();
        assertThat(providers.names()).isEmpty();
        assertThat(providers.states()).isEmpty();
    }

    @Test
    void from_certificates_isUsableAtOnce() {
        SamlProviders providers = providers(sound());

        assertThat(findings.all()).isEmpty();
        assertThat(providers.names()).containsExactly("adfs");
        assertThat(providers.namesAddressedToAws()).containsExactly("adfs");
        assertThat(providers.namesAddressedToBroker()).isEmpty();
        assertThat(providers.states())
                .containsExactly(new SamlProviderState("adfs", true, Optional.empty(), Optional.empty()));
    }

    @Test
    void from_certificateFile_isUsable() throws IOException {
        Path file = Files.writeString(folder.resolve("adfs.pem"), CERTIFICATE);

        SamlProviders providers = providers(with("signing-certificates", file.toString()));

        assertThat(findings.all()).isEmpty();
        assertThat(providers.states().getFirst().usable()).isTrue();
    }

    @Test
    void from_metadataFile_knowsItsEntityId() throws IOException {
        SamlProviders providers = providers(metadata(IDP.metadata()));

        assertThat(findings.all()).isEmpty();
        assertThat(new AssertionChecker(providers, InstantSource.fixed(NOW))
                        .check(Secret.of(TrustedProvider.response().encode())))
                .isInstanceOf(AssertionCheck.Genuine.class);
    }

    @Test
    void from_metadataFileWithAnEnd_isUnavailableFromThenOn() throws IOException {
        Instant end = NOW.plus(Duration.ofHours(1));
        String metadata = IDP.metadata().replace("entityID=", "validUntil=\"" + end + "\" entityID=");
        SamlProviders providers = providers(metadata(metadata));

        assertThat(checkAt(providers, end.minusSeconds(1))).isNotInstanceOf(AssertionCheck.MetadataUnavailable.class);
        assertThat(checkAt(providers, end)).isEqualTo(new AssertionCheck.MetadataUnavailable("adfs"));
    }

    @Test
    void from_brokerAddressOnly_needsNoProviderArn() {
        Map<String, String> provider = with("broker-audience", BROKER_AUDIENCE);
        provider.put("broker-recipient", BROKER_RECIPIENT);
        provider.remove("provider-arn");

        SamlProviders providers = providers(provider);

        assertThat(findings.all()).isEmpty();
        assertThat(providers.namesAddressedToBroker()).containsExactly("adfs");
        assertThat(providers.namesAddressedToAws()).isEmpty();
    }

    // Mistakes.

    @Test
    void from_emptyProvider_tellsAllThatIsMissing() {
        providers(Map.of("clock-skew", "60s"));

        assertThat(properties()).containsExactly("broker.saml.adfs.metadata", "broker.saml.adfs.provider-arn");
    }

    @Test
    void from_manyMistakes_tellsThemAll() {
        Map<String, String> provider = with("clock-skew", "181s");
        provider.putAll(Map.of(
                "provider-arn", "arn:aws:iam::1:saml-provider/X",
                "max-assertion-age", "soon",
                "signature", "none",
                "signing-certificates", "/no/such/file.pem",
                "broker-audience", "urn:x"));

        SamlProviders providers = providers(provider);

        assertThat(properties())
                .containsExactlyInAnyOrder(
                        "broker.saml.adfs.clock-skew",
                        "broker.saml.adfs.provider-arn",
                        "broker.saml.adfs.max-assertion-age",
                        "broker.saml.adfs.signature",
                        "broker.saml.adfs.signing-certificates[0]",
                        "broker.saml.adfs.broker-recipient");
        assertThat(providers.names()).containsExactly("adfs");
        assertThat(providers.states()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "entity-id, '',",
        "entity-id, ' https://idp.example.com',",
        "metadata, /x, metadata",
        "broker-audience, urn:x, broker-recipient",
        "broker-recipient, https://x, broker-audience",
        "provider-arn, arn:aws:iam::*:saml-provider/*,",
        "provider-arn, arn:aws-eusc:iam::*:saml-provider/ADFS,",
        "audiences, ' ',",
        "recipients, ' ',",
        "clock-skew, 181s,",
        "clock-skew, -1s,",
        "clock-skew, a minute,",
        "max-assertion-age, 0s,",
        "max-assertion-age, 43201s,",
        "max-authentication-age, 0s,",
        "max-authentication-age, 2592001s,",
        "authentication-contexts, ' ',",
        "expired-certificates, reject,",
        "signature, Assertion,",
        "signature, none,",
        "attributes.groups, ' ',",
        "'attributes.\" \"', urn:groups, 'attributes. '"
    })
    void from_oneMistake_isFoundUnderItsProperty(String key, String value, @Nullable String property) {
        providers(with(key, value));

        assertThat(properties()).containsExactly("broker.saml.adfs." + (property == null ? key : property));
    }

    @ParameterizedTest
    @CsvSource({
        "clock-skew, 0s",
        "clock-skew, 180s",
        "max-assertion-age, 1s",
        "max-assertion-age, 12h",
        "max-authentication-age, 1s",
        "max-authentication-age, 720h"
    })
    void from_valueAtItsLimit_isSound(String key, String value) {
        providers(with(key, value));

        assertThat(findings.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:amazon:webservices",
                "urn:amazon:webservices:govcloud",
                "https://signin.aws.amazon.com/saml",
                "https://eu-west-1.signin.aws.amazon.com/saml",
                "https://signin.aws.amazon.com/saml/acs/X1",
                "https://signin.amazonaws.cn/saml",
                "https://us-gov-west-1.signin.amazonaws-us-gov.com/saml"
            })
    void from_brokerAddressThatIsAnyOfAws_isFound(String text) {
        Map<String, String> audience = with("broker-audience", text);
        audience.put("broker-recipient", BROKER_RECIPIENT);
        Map<String, String> recipient = with("broker-recipient", text);
        recipient.put("broker-audience", BROKER_AUDIENCE);

        providers(audience);
        providers(recipient);

        assertThat(properties())
                .containsExactly("broker.saml.adfs.broker-audience", "broker.saml.adfs.broker-recipient");
    }

    @Test
    void from_brokerAddressOfSpaces_isFound() {
        Map<String, String> provider = with("broker-audience", " ");
        provider.put("broker-recipient", " ");

        providers(provider);

        assertThat(properties())
                .containsExactly("broker.saml.adfs.broker-audience", "broker.saml.adfs.broker-recipient");
    }

    @ParameterizedTest
    @CsvSource({"broker-audience, urn:x, broker-recipient", "broker-recipient, https://x, broker-audience"})
    void from_halfABrokerAddressWithoutProviderArn_missesTheOtherHalfOnly(String key, String value, String missing) {
        Map<String, String> provider = with(key, value);
        provider.remove("provider-arn");

        providers(provider);

        assertThat(properties()).containsExactly("broker.saml.adfs." + missing);
    }

    @Test
    void from_durationOutOfBounds_saysTheBounds() {
        providers(with("clock-skew", "181s"));

        assertThat(findings.all())
                .containsExactly(
                        new Finding("broker.saml.adfs.clock-skew", "must be 0 to 180 seconds, such as 60s or 10m"));
    }

    @Test
    void from_brokerAddressThatIsConfiguredForAws_isFound() {
        Map<String, String> provider = with("broker-audience", "urn:x");
        provider.putAll(Map.of("broker-recipient", "https://x", "audiences", "urn:x", "recipients", "https://x"));

        providers(provider);

        assertThat(properties())
                .containsExactly("broker.saml.adfs.broker-audience", "broker.saml.adfs.broker-recipient");
    }

    @Test
    void from_partitionWithoutKnownAddress_needsBothLists() {
        Map<String, String> provider = with("provider-arn", "arn:aws-eusc:iam::*:saml-provider/ADFS");
        provider.put("audiences", "urn:x");
        provider.put("recipients", "https://x");

        providers(provider);

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void from_awsListsWithoutProviderArn_isFound() {
        Map<String, String> provider = with("broker-audience", BROKER_AUDIENCE);
        provider.putAll(Map.of("broker-recipient", BROKER_RECIPIENT, "audiences", "urn:x", "recipients", "https://x"));
        provider.remove("provider-arn");

        providers(provider);

        assertThat(properties()).containsExactly("broker.saml.adfs.audiences", "broker.saml.adfs.recipients");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://idp.example.com/metadata",
                "http://127.0.0.1.example.com/metadata",
                "http://localhost.example.com/",
                "ftp://127.0.0.1/metadata",
                "file:///etc/metadata.xml",
                "https:///metadata",
                "https://user:password@idp.example.com/",
                "https://idp.example.com/#x",
                "https://idp example.com/"
            })
    void from_urlOffLoopbackWithoutTls_isFound(String url) {
        Map<String, String> provider = with("metadata", url);
        provider.remove("signing-certificates");

        providers(provider);

        assertThat(properties()).containsExactly("broker.saml.adfs.metadata");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://idp.example.com/m", "http://127.0.0.1:8080/m", "http://[::1]/m", "http://localhost/m"})
    void from_urlWithTlsOrOnLoopback_isSoundAndUnavailableUntilFetched(String url) {
        Map<String, String> provider = with("metadata", url);
        provider.remove("signing-certificates");

        SamlProviders providers = providers(provider);

        assertThat(findings.all()).isEmpty();
        assertThat(providers.states().getFirst().usable()).isFalse();
        assertThat(checkAt(providers, NOW)).isEqualTo(new AssertionCheck.MetadataUnavailable("adfs"));
    }

    /** Its certificates are not known yet. */
    @Test
    void from_urlWhileExpiredCertificatesAreRefused_isSound() {
        Map<String, String> provider = with("metadata", "https://idp.example.com/m");
        provider.remove("signing-certificates");
        provider.put("expired-certificates", "refuse");

        providers(provider);

        assertThat(findings.all()).isEmpty();
    }

    @Test
    void check_whileMetadataThatSaysTheEntityIdIsNotFetched_isUnavailable() {
        Map<String, String> provider = with("metadata", "https://idp.example.com/m");
        provider.remove("signing-certificates");
        provider.remove("entity-id");

        SamlProviders providers = providers(provider);

        assertThat(findings.all()).isEmpty();
        assertThat(checkAt(providers, NOW)).isEqualTo(new AssertionCheck.MetadataUnavailable("adfs"));
    }

    @Test
    void from_certificatesWithoutEntityId_isFound() {
        Map<String, String> provider = sound();
        provider.remove("entity-id");

        providers(provider);

        assertThat(properties()).containsExactly("broker.saml.adfs.entity-id");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----",
                "-----BEGIN X",
                "no/such.pem",
                "\u0000"
            })
    void from_certificateThatCannotBeRead_isFound(String certificate) {
        providers(with("signing-certificates", certificate));

        assertThat(properties()).containsExactly("broker.saml.adfs.signing-certificates[0]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa-1024", "rsa-2047", "ec-192", "ec-224", "ed25519"})
    void from_certificateOfAWeakKey_isFound(String key) {
        providers(with("signing-certificates", "src/test/resources/weak/" + key + ".pem"));

        assertThat(properties()).containsExactly("broker.saml.adfs.signing-certificates[0]");
    }

    @Test
    void from_metadataFileThatCannotBeRead_isFound() throws IOException {
        Map<String, String> provider = metadata(IDP.metadata());
        provider.put("metadata", folder.resolve("none.xml").toString());
        providers(provider);
        providers(metadata(" ".repeat(1024 * 1024 + 1)));

        assertThat(properties()).containsExactly("broker.saml.adfs.metadata", "broker.saml.adfs.metadata");
    }

    @Test
    void from_metadataFileAroundTheLimit_isFoundFromOneMore() throws IOException {
        String metadata = IDP.metadata();
        int spaces = 1024 * 1024 - metadata.getBytes(StandardCharsets.UTF_8).length;

        providers(metadata(metadata + " ".repeat(spaces - 1)));
        providers(metadata(metadata + " ".repeat(spaces)));
        assertThat(findings.all()).isEmpty();
        providers(metadata(metadata + " ".repeat(spaces + 1)));
        assertThat(findings.all())
                .containsExactly(new Finding("broker.saml.adfs.metadata", "broke off, or is longer than 1 MiB"));
    }

    @Test
    void from_metadataFileOfAnotherEntity_isFound() throws IOException {
        Map<String, String> provider = metadata(IDP.metadata());
        provider.put("entity-id", IDP.entityId() + "/");

        providers(provider);

        assertThat(properties()).containsExactly("broker.saml.adfs.metadata");
    }

    static Stream<Arguments> metadataThatNobodyCanBeTrustedBy() {
        String metadata = IDP.metadata();
        return Stream.of(
                Arguments.of("no key", metadata.replaceAll("(?s)<md:KeyDescriptor.*</md:KeyDescriptor>", "")),
                Arguments.of("no key to sign with", metadata.replace("use=\"signing\"", "use=\"encryption\"")),
                Arguments.of("no certificate", metadata.replaceAll("(?s)<ds:X509Data>.*?</ds:X509Data>", "")),
                Arguments.of("an unreadable certificate", metadata.replaceFirst(">MII[^<]*<", ">AAAA<")),
                Arguments.of(
                        "an end that is past",
                        metadata.replace("entityID=", "validUntil=\"%s\" entityID=".formatted(NOW))));
    }

    /** CVE-2026-16443, CVE-2026-28323: verifiers that took half of such metadata then took unsigned assertions. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("metadataThatNobodyCanBeTrustedBy")
    void from_metadataFileWithoutASoundKey_isFoundAndNobodyIsBelieved(String name, String document) throws IOException {
        SamlProviders providers = providers(metadata(document));

        assertThat(properties()).containsExactly("broker.saml.adfs.metadata");
        assertThat(checkAt(providers, NOW))
                .isEqualTo(new AssertionCheck.Rejected(AssertionFlaw.UNKNOWN_ISSUER, Optional.empty()));
    }

    @Test
    void from_metadataFileWhoseKeysAreForAnyUse_verifiesByThem() throws IOException {
        SamlProviders providers = providers(metadata(IDP.metadata().replace(" use=\"signing\"", "")));
        AssertionChecker checker = new AssertionChecker(providers, InstantSource.fixed(NOW));
        SamlDraft unsigned = TrustedProvider.response().signed(SignedParts.NONE);
        SamlDraft strangers = TrustedProvider.response().signedWith(Strangers.RSA);

        assertThat(checkAt(providers, NOW)).isInstanceOf(AssertionCheck.Genuine.class);
        assertThat(checker.check(Secret.of(unsigned.encode()))).isInstanceOf(AssertionCheck.Rejected.class);
        assertThat(checker.check(Secret.of(strangers.encode()))).isInstanceOf(AssertionCheck.Rejected.class);
    }

    @Test
    void from_twoOfOneEntityId_isFound() {
        Map<String, String> properties = new HashMap<>();
        sound().forEach((key, value) -> properties.put("broker.saml.a." + key, value));
        sound().forEach((key, value) -> properties.put("broker.saml.b." + key, value));

        SamlProviders.from(TrustedProvider.config(properties), findings, InstantSource.fixed(NOW));

        assertThat(properties()).containsExactly("broker.saml.b.entity-id");
    }

    @Test
    void from_jdkThatNoLongerRefusesSha1_isFound() {
        // The JDK has read its own policy by now, so this one is seen here alone.
        assertThat(checkAt(providers(sound()), NOW)).isInstanceOf(AssertionCheck.Genuine.class);
        String policy = Security.getProperty(SecureValidation.POLICY);
        Security.setProperty(SecureValidation.POLICY, "");
        try {
            providers(Map.of());
            assertThat(findings.all()).isEmpty();
            providers(sound());
        } finally {
            Security.setProperty(SecureValidation.POLICY, policy);
        }

        assertThat(findings.all()).containsExactly(new Finding("broker.saml", SecureValidation.ADVICE));
    }

    @Test
    void start_withoutAnythingToFetch_doesNothing() {
        SamlProviders providers = providers(sound());

        providers.start();
        providers.close();
        providers.start();

        assertThat(providers.states().getFirst().usable()).isTrue();
    }

    private AssertionCheck checkAt(SamlProviders providers, Instant now) {
        return new AssertionChecker(providers, InstantSource.fixed(now))
                .check(Secret.of(TrustedProvider.response().encode()));
    }

    private Map<String, String> metadata(String document) throws IOException {
        Path file = Files.writeString(Files.createTempFile(folder, "metadata", ".xml"), document);
        return new HashMap<>(Map.of("metadata", file.toString(), "provider-arn", "arn:aws:iam::*:saml-provider/ADFS"));
    }

    private static Map<String, String> sound() {
        return new HashMap<>(Map.of(
                "entity-id",
                IDP.entityId(),
                "signing-certificates",
                CERTIFICATE,
                "provider-arn",
                "arn:aws:iam::*:saml-provider/ADFS"));
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> provider = sound();
        provider.put(key, value);
        return provider;
    }

    private SamlProviders providers(Map<String, String> provider) {
        Map<String, String> properties = new HashMap<>();
        provider.forEach((key, value) -> properties.put("broker.saml.adfs." + key, value));
        return SamlProviders.from(TrustedProvider.config(properties), findings, InstantSource.fixed(NOW));
    }

    private List<String> properties() {
        return findings.all().stream().map(Finding::property).toList();
    }
}
