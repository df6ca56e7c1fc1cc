package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OidcIssuersTest {

    @TempDir
    private Path folder;

    @Test
    void from_validIssuer_findsNothing() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "x");

        assertThat(findings(Map.of(
                        "jwks-hosts", "keys.example.com,www.googleapis.com",
                        "jwks-token-file", token.toString(),
                        "algorithms", "ES256,EdDSA",
                        "clock-skew", "180s",
                        "max-token-age", "1h",
                        "typ", "absent,at+jwt",
                        "authorized-parties", "a,b",
                        "subject-claim", "a.b",
                        "attributes.groups", "resource_access.\"my.client\".roles",
                        "volatile-claims", "jti,iat")))
                .isEmpty();
    }

    @Test
    void from_noIssuers_findsNothing() {
        assertThat(TestConfig.findings(Map.of())).isEmpty();
    }

    @Test
    void from_nothingSet_findsIssuerAndAudiencesTogether() {
        assertThat(TestConfig.findings(Map.of("broker.issuers.corp.clock-skew", "60s")))
                .extracting(Finding::property)
                .containsExactlyInAnyOrder("broker.issuers.corp.issuer", "broker.issuers.corp.audiences");
    }

    @Test
    void from_manyMistakes_findsAllOfThem() {
        assertThat(findings(Map.of(
                        "algorithms", "HS256,none,XX",
                        "clock-skew", "1d",
                        "max-token-age", "soon",
                        "subject-claim", "a..b",
                        "jwks-ca-file", "/nowhere",
                        "jwks-token-file", "/nowhere",
                        "attributes.groups", ".",
                        "volatile-claims", "aud")))
                .extracting(Finding::property)
                .containsExactlyInAnyOrder(
                        "broker.issuers.corp.algorithms",
                        "broker.issuers.corp.algorithms",
                        "broker.issuers.corp.algorithms",
                        "broker.issuers.corp.clock-skew",
                        "broker.issuers.corp.max-token-age",
                        "broker.issuers.corp.subject-claim",
                        "broker.issuers.corp.jwks-ca-file",
                        "broker.issuers.corp.jwks-token-file",
                        "broker.issuers.corp.attributes.groups",
                        "broker.issuers.corp.volatile-claims");
    }

    @ParameterizedTest
    @CsvSource({
        "issuer, http://idp.example.com",
        "issuer, idp.example.com",
        "issuer, https://idp.example.com/?a=b",
        "issuer, https://user@idp.example.com",
        "issuer, ' '",
        "jwks-uri, http://idp.example.com/keys",
        "jwks-uri, /keys",
        "jwks-uri, ht tp://x",
        "jwks-hosts, https://keys.example.com",
        "jwks-hosts, keys.example.com/x",
        "algorithms, HS256",
        "algorithms, none",
        "algorithms, rs256",
        "clock-skew, 181s",
        "clock-skew, -1s",
        "clock-skew, x",
        "max-token-age, 0s",
        "max-token-age, -5m",
        "subject-claim, a b",
        "volatile-claims, sub",
        "volatile-claims, https://aws.amazon.com/tags",
        "volatile-claims, iss",
        "volatile-claims, azp",
        "volatile-claims, amr",
        "audiences, ' ,a'",
        "audiences, 'credential-broker,sts.amazonaws.com'",
        "audiences, sts.eu-west-1.amazonaws.com",
        "audiences, sts.cn-north-1.amazonaws.com.cn",
        "aws-audiences, credential-broker"
    })
    void from_oneMistake_findsItUnderItsProperty(String setting, String value) {
        assertThat(findings(Map.of(setting, value)))
                .extracting(Finding::property)
                .containsExactly("broker.issuers.corp." + setting);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:8080",
                "http://127.0.0.1",
                "http://[::1]:1/x",
                "https://idp.example.com:8443/realms/corp"
            })
    void from_issuerOnLoopbackOrHttps_findsNothing(String issuer) {
        assertThat(findings(Map.of("issuer", issuer))).isEmpty();
    }

    @Test
    void from_issuerThatIsNoUrl_needsTheAddressOfTheKeys() {
        assertThat(findings(Map.of("issuer", "accounts.google.com"))).hasSize(1);
        assertThat(findings(Map.of(
                        "issuer", "accounts.google.com", "jwks-uri", "https://www.googleapis.com/oauth2/v3/certs")))
                .isEmpty();
        assertThat(findings(Map.of("issuer", "http://idp.example.com", "jwks-uri", "https://idp.example.com/keys")))
                .extracting(Finding::property)
                .containsExactly("broker.issuers.corp.issuer");
    }

    @Test
    void from_noAudienceAtAll_isFoundAndEitherKindIsEnough() {
        assertThat(findings(Map.of("audiences", "", "aws-audiences", "sts.amazonaws.com")))
                .isEmpty();
        assertThat(findings(Map.of("audiences", "")))
                .extracting(Finding::property)
                .containsExactly("broker.issuers.corp.audiences");
    }

    @Test
    void from_sameIssuerTextTwice_isFoundAtTheSecond() {
        assertThat(TestConfig.findings(Map.of(
                        "broker.issuers.a.issuer", "https://idp.example.com",
                        "broker.issuers.a.audiences", "x",
                        "broker.issuers.b.issuer", "https://idp.example.com",
                        "broker.issuers.b.audiences", "y")))
                .containsExactly(new Finding("broker.issuers.b.issuer", "is the issuer of broker.issuers.a already"));
    }

    @Test
    void from_nameWithADot_isQuotedInTheProperty() {
        assertThat(TestConfig.findings(Map.of(
                        "broker.issuers.\"my.idp\".issuer", "https://idp.example.com",
                        "broker.issuers.\"my.idp\".attributes.\"a.b\"", "..",
                        "broker.issuers.\"my.idp\".audiences", "x")))
                .extracting(Finding::property)
                .containsExactly("broker.issuers.\"my.idp\".attributes.\"a.b\"");
    }

    @Test
    void from_fileWithoutCertificates_isFound() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");
        Path junk = Files.writeString(
                folder.resolve("junk.pem"), "-----BEGIN CERTIFICATE-----\njunk\n-----END CERTIFICATE-----\n");

        for (Path file : List.of(empty, junk, folder)) {
            assertThat(findings(Map.of("jwks-ca-file", file.toString())))
                    .extracting(Finding::property)
                    .containsExactly("broker.issuers.corp.jwks-ca-file");
        }
    }

    @Test
    void from_secretsInFindings_areNone() throws IOException {
        Path token = Files.writeString(folder.resolve("canary"), "canary-token");

        assertThat(findings(Map.of("jwks-token-file", token.toString(), "clock-skew", "x"))
                        .toString())
                .doesNotContain("canary-token");
    }

    @ParameterizedTest
    @CsvSource({
        "none, none is no signature: anybody could write such a token",
        "None, none is no signature: anybody could write such a token",
        "HS256, HS256 is not for tokens of an issuer: whoever can check it can also forge it",
        "hs512, hs512 is not for tokens of an issuer: whoever can check it can also forge it"
    })
    void from_algorithmThatMustNotBe_saysWhy(String algorithm, String advice) {
        assertThat(findings(Map.of("algorithms", algorithm)))
                .containsExactly(new Finding("broker.issuers.corp.algorithms", advice));
    }

    @Test
    void from_unknownAlgorithm_saysWhichThereAre() {
        assertThat(findings(Map.of("algorithms", "rs256")))
                .extracting(Finding::advice)
                .singleElement()
                .asString()
                .startsWith("rs256 is unknown: choose from [")
                .contains("RS256", "EdDSA");
    }

    @Test
    void from_folderInsteadOfATokenFile_isFound() {
        assertThat(findings(Map.of("jwks-token-file", folder.toString())))
                .extracting(Finding::property)
                .containsExactly("broker.issuers.corp.jwks-token-file");
    }

    // ---- what is configured holds

    @Test
    void from_attributes_areReadAtTheirPath() {
        try (TestGate gate = new TestGate(Map.of("attributes.groups", "realm_access.roles"), TestKey.RSA)) {
            TestToken token = gate.token().with("realm_access", Map.of("roles", List.of("admin")));

            assertThat(gate.genuine(token).attributes()).containsEntry("groups", Set.of("admin"));
        }
    }

    @Test
    void from_hostOfTheKeysInAnyCase_isAllowed() {
        try (TestGate gate = new TestGate(Map.of("jwks-hosts", "LocalHost"), TestKey.RSA)) {
            String issuer = gate.provider.issuer();
            String elsewhere = issuer.replace("127.0.0.1", "localhost") + "/keys";
            gate.provider.answer(TestIdentityProvider.DISCOVERY, Map.of("issuer", issuer, "jwks_uri", elsewhere));

            gate.scheduler.advance(Duration.ofMinutes(15));

            assertThat(gate.keys().fetches()).isEqualTo(2);
            assertThat(gate.keys().lastFailure()).isEmpty();
        }
    }

    @Test
    void from_tokenFile_isSentWithTheRequest() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        AtomicReference<String> sent = new AtomicReference<>("");
        try (TestGate gate = new TestGate(Map.of("jwks-token-file", token.toString()), TestKey.RSA)) {
            gate.provider.on("/keys", exchange -> {
                sent.set(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                TestIdentityProvider.send(exchange, 200, "{}");
            });

            gate.scheduler.advance(Duration.ofMinutes(15));

            assertThat(sent).hasValue("Bearer secret");
        }
    }

    private static List<Finding> findings(Map<String, String> settings) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "broker.issuers.corp.issuer", "https://idp.example.com/realms/corp",
                "broker.issuers.corp.audiences", "credential-broker"));
        settings.forEach((setting, value) -> properties.put("broker.issuers.corp." + setting, value));
        return TestConfig.findings(properties);
    }
}
