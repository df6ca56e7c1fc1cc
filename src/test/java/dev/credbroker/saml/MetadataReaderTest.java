package dev.credbroker.saml;

import static dev.credbroker.saml.TrustedProvider.IDP;
import static dev.credbroker.saml.TrustedProvider.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataReaderTest {

    private static final String METADATA = IDP.metadata();
    private static final String KEY = METADATA.substring(
            METADATA.indexOf("<md:KeyDescriptor"),
            METADATA.indexOf("</md:KeyDescriptor>") + "</md:KeyDescriptor>".length());

    // openssl req -x509 -newkey rsa:1024 -nodes -keyout /dev/null -subj /CN=weak -days 36500
    private static final String WEAK_RSA =
            "MIIB/DCCAWWgAwIBAgIUd9dyVIGPVcVv8LOAoldF6yz++VAwDQYJKoZIhvcNAQELBQAwDzENMAsGA1UEAwwEd2Vhaz"
                    + "AgFw0yNjExMjQwMzA5MzFaGA8yMTI2MTAzMTAzMDkzMVowDzENMAsGA1UEAwwEd2VhazCBnzANBgkqhkiG9w0BAQEF"
                    + "AAOBjQAwgYkCgYEA2Q3+gSJzUMcVJCMQima2uHWNdnFXtObB8PIO7GCPq3xZIgilNyKGOLmcUzNamnirP8Uj7ClgE4"
                    + "tSeQF3qK8dfNooS6ESAqOvlhmr9zqYfzp9Grxmfh9m+fWl+BU/QSm/NnjFc7gT2DYNxQbnkDOUUmakv4K/jKHe/S6j"
                    + "z20Flr8CAwEAAaNTMFEwHQYDVR0OBBYEFHnsQyqrvlfJnKiCoKOviRpv67DAMB8GA1UdIwQYMBaAFHnsQyqrvlfJnK"
                    + "iCoKOviRpv67DAMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADgYEAEB8rCYdfmLse7ZVknkkRfBkDyo+Y"
                    + "manTokxiQvVXVpQS7n3Cd/kyijtLrNFC8pp7tueyFLPLQH0iMbBMBFQ6LcAi0qHNpcjGsH9oHwTEWlEYOR8+Qjdeta"
                    + "R1Asx0kHXCv7/9Vo+U/K0/GuTqCS1i+riNdfue9C5z+McAI1TKNcg=";

    // openssl req -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=other -days 36500
    private static final String ED25519 =
            "MIIBNjCB6aADAgECAhRozQrnm413B0BC61CGRuCDVmp+hTAFBgMrZXAwEDEOMAwGA1UEAwwFb3RoZXIwIBcNMjYxMT"
                    + "I0MDMwOTMxWhgPMjEyNjEwMzEwMzA5MzFaMBAxDjAMBgNVBAMMBW90aGVyMCowBQYDK2VwAyEAR/W7Xb28TWo2IOQg"
                    + "Da4bi+OwPdra/KeFs4lUYmMddhyjUzBRMB0GA1UdDgQWBBT2J+Kt5o9ObcOaRhCBYfgoSPkKkTAfBgNVHSMEGDAWgB"
                    + "T2J+Kt5o9ObcOaRhCBYfgoSPkKkTAPBgNVHRMBAf8EBTADAQH/MAUGAytlcANBAL34R4wp+N9uY7Xo2Uv0YJXzmk/A"
                    + "JGSegV12M0XIV4AP1T/hgpTAnNTSCWwXeaDABUh65+isZhRW7+Z+SUJ1HwQ=";

    @Test
    void read_metadata_tellsEntityAndKeys() throws Exception {
        IdpMetadata metadata = read(METADATA);

        assertThat(metadata.entityId()).isEqualTo(IDP.entityId());
        assertThat(metadata.signingKeys())
                .extracting(CertifiedKey::key)
                .containsExactlyElementsOf(IDP.certificates().stream()
                        .map(certificate -> certificate.getPublicKey())
                        .toList());
        assertThat(metadata.validUntil()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "<?xml version=\"1.0\" encoding=\"utf-8\"?>", "<!-- exported by hand -->"})
    void read_markOrCommentBefore_isRead(String prefix) throws Exception {
        assertThat(read(prefix + METADATA).entityId()).isEqualTo(IDP.entityId());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void read_markWithOneOctetWrong_isRefused(int at) {
        byte[] document = ("\uFEFF" + METADATA).getBytes(StandardCharsets.UTF_8);
        document[at]--;

        assertThat(catchThrowableOfType(
                                UnusableMetadata.class, () -> MetadataReader.read(document, Optional.empty(), NOW))
                        .failure())
                .isEqualTo(MetadataFailure.NOT_METADATA);
    }

    @Test
    void read_keyWithoutUse_isForSigning() throws Exception {
        assertThat(read(METADATA.replace(" use=\"signing\"", "")).signingKeys()).hasSize(2);
    }

    @Test
    void read_keyForEncryptionOnly_isNotForSigning() {
        assertThat(failure(METADATA.replace("use=\"signing\"", "use=\"encryption\"")))
                .isEqualTo(MetadataFailure.NO_SIGNING_CERTIFICATE);
    }

    @Test
    void read_noKeyAtAll_isRefused() {
        String none = METADATA.replaceAll("<md:KeyDescriptor.*</md:KeyDescriptor>", "");

        assertThat(failure(none)).isEqualTo(MetadataFailure.NO_SIGNING_CERTIFICATE);
        assertThat(failure(METADATA.replaceAll("<ds:X509Certificate>[^<]*</ds:X509Certificate>", "")))
                .isEqualTo(MetadataFailure.NO_SIGNING_CERTIFICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "AAAA", ""})
    void read_oneCertificateOfTwoUnreadable_refusesBoth(String certificate) {
        assertThat(failure(METADATA.replaceFirst(
                        "<ds:X509Certificate>[^<]*<", "<ds:X509Certificate>" + certificate + "<")))
                .isEqualTo(MetadataFailure.UNPARSABLE_CERTIFICATE);
    }

    @Test
    void read_weakKey_refusesAll() {
        assertThat(failure(
                        METADATA.replaceFirst("<ds:X509Certificate>[^<]*<", "<ds:X509Certificate>" + WEAK_RSA + "<")))
                .isEqualTo(MetadataFailure.WEAK_KEY);
        assertThat(failure(METADATA.replaceFirst("<ds:X509Certificate>[^<]*<", "<ds:X509Certificate>" + ED25519 + "<")))
                .isEqualTo(MetadataFailure.WEAK_KEY);
    }

    @Test
    void read_sameKeyTwice_countsOnce() throws Exception {
        assertThat(read(METADATA.replace(KEY, KEY + KEY + KEY + KEY)).signingKeys())
                .hasSize(2);
    }

    @Test
    void read_threeAndFourDifferentKeys_areReadAndRefused() throws Exception {
        String third = key("gosaml2/okta_cert.pem");
        String fourth = key("gosaml2/adfs_idp_signing_cert.pem");

        assertThat(read(METADATA.replace(KEY, KEY + third)).signingKeys()).hasSize(3);
        assertThat(failure(METADATA.replace(KEY, KEY + third + fourth))).isEqualTo(MetadataFailure.TOO_MANY_KEYS);
    }

    @Test
    void read_otherEntity_isRefused() {
        assertThat(failure(METADATA, Optional.of(IDP.entityId() + "/"))).isEqualTo(MetadataFailure.OTHER_ENTITY);
    }

    @Test
    void read_groupOfProviders_takesTheOneThatIsWanted() throws Exception {
        String other = METADATA.replace(IDP.entityId(), "urn:other");
        String group = "<md:EntitiesDescriptor xmlns:md=\"%s\">%s%s</md:EntitiesDescriptor>"
                .formatted(Elements.METADATA, other, METADATA);

        assertThat(read(group, Optional.of(IDP.entityId())).entityId()).isEqualTo(IDP.entityId());
        assertThat(failure(group)).isEqualTo(MetadataFailure.OTHER_ENTITY);
        assertThat(failure(group.replace("urn:other", IDP.entityId()), Optional.of(IDP.entityId())))
                .isEqualTo(MetadataFailure.OTHER_ENTITY);
    }

    @Test
    void read_groupWithMore_readsPastIt() throws Exception {
        assertThat(read(grouped(1, "<md:Extensions/>" + METADATA)).entityId()).isEqualTo(IDP.entityId());
    }

    @Test
    void read_groupsInGroups_areReadDownToTheEighth() throws Exception {
        assertThat(read(grouped(7, METADATA)).entityId()).isEqualTo(IDP.entityId());
        assertThat(read(grouped(8, METADATA)).entityId()).isEqualTo(IDP.entityId());
        assertThat(failure(grouped(9, METADATA))).isEqualTo(MetadataFailure.OTHER_ENTITY);
    }

    @Test
    void read_entityWithoutSaml2Role_isRefused() {
        assertThat(failure(METADATA.replace("IDPSSODescriptor", "SPSSODescriptor")))
                .isEqualTo(MetadataFailure.OTHER_ENTITY);
        assertThat(failure(
                        METADATA.replace("\"" + Elements.PROTOCOL + "\"", "\"urn:oasis:names:tc:SAML:1.1:protocol\"")))
                .isEqualTo(MetadataFailure.OTHER_ENTITY);
    }

    @Test
    void read_validUntil_isExpiredAtThatMoment() throws Exception {
        assertThat(read(valid("EntityDescriptor", NOW.plusSeconds(1))).validUntil())
                .contains(NOW.plusSeconds(1));
        assertThat(failure(valid("EntityDescriptor", NOW))).isEqualTo(MetadataFailure.EXPIRED);
        assertThat(failure(valid("IDPSSODescriptor", NOW))).isEqualTo(MetadataFailure.EXPIRED);
    }

    @Test
    void read_validUntilOfAGroup_holdsForItsMembers() throws Exception {
        Instant earlier = NOW.plusSeconds(5);
        String group = "<md:EntitiesDescriptor validUntil=\"%s\" xmlns:md=\"%s\">%s</md:EntitiesDescriptor>"
                .formatted(earlier, Elements.METADATA, valid("EntityDescriptor", NOW.plus(Duration.ofDays(1))));

        assertThat(read(group).validUntil()).contains(earlier);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 3", "2, 1, 3", "3, 2, 1", "3, 1, 2", "2, 3, 1", "1, 3, 2"})
    void read_validUntilOnEveryLevel_isTheEarliest(int group, int entity, int role) throws Exception {
        String document = grouped(1, METADATA)
                .replaceFirst("<md:EntitiesDescriptor", until("EntitiesDescriptor", group))
                .replaceFirst("<md:EntityDescriptor", until("EntityDescriptor", entity))
                .replaceFirst("<md:IDPSSODescriptor", until("IDPSSODescriptor", role));

        assertThat(read(document).validUntil()).contains(NOW.plusSeconds(1));
    }

    @Test
    void read_validUntilInAnotherForm_isRefused() {
        assertThat(failure(METADATA.replace("entityID=", "validUntil=\"tomorrow\" entityID=")))
                .isEqualTo(MetadataFailure.NOT_METADATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "<html/>",
                "<!DOCTYPE x><md:EntityDescriptor xmlns:md='urn:oasis:names:tc:SAML:2.0:metadata'/>",
                "<EntityDescriptor entityID='x'/>"
            })
    void read_somethingElse_isRefused(String document) {
        assertThat(failure(document)).isEqualTo(MetadataFailure.NOT_METADATA);
    }

    @Test
    void read_deepNesting_isRefusedWithoutOverflow() {
        String deep = METADATA.replaceFirst(
                "<ds:X509Certificate>[^<]*<",
                "<ds:X509Certificate>" + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "<");

        assertThat(failure(deep)).isIn(MetadataFailure.NOT_METADATA, MetadataFailure.UNPARSABLE_CERTIFICATE);
    }

    private static String grouped(int times, String content) {
        String open = "<md:EntitiesDescriptor xmlns:md=\"%s\">".formatted(Elements.METADATA);
        return open.repeat(times) + content + "</md:EntitiesDescriptor>".repeat(times);
    }

    private static String until(String element, int seconds) {
        return "<md:" + element + " validUntil=\"" + NOW.plusSeconds(seconds) + "\"";
    }

    private static String valid(String element, Instant end) {
        return METADATA.replaceFirst("<md:" + element, "<md:" + element + " validUntil=\"" + end + "\"");
    }

    private static String key(String pemFile) {
        String text = ThirdParty.text(pemFile).replaceAll("-----[A-Z ]*-----", "");
        return KEY.replaceFirst("<ds:X509Certificate>[^<]*<", "<ds:X509Certificate>" + text + "<");
    }

    private static IdpMetadata read(String document) throws UnusableMetadata {
        return read(document, Optional.empty());
    }

    private static IdpMetadata read(String document, Optional<String> entityId) throws UnusableMetadata {
        return MetadataReader.read(document.getBytes(StandardCharsets.UTF_8), entityId, NOW);
    }

    private static MetadataFailure failure(String document) {
        return failure(document, Optional.empty());
    }

    private static MetadataFailure failure(String document, Optional<String> entityId) {
        return catchThrowableOfType(UnusableMetadata.class, () -> read(document, entityId))
                .failure();
    }
}
