package dev.credbroker.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.credbroker.simulator.Simulator;
import dev.credbroker.simulator.sts.OidcKeys;
import dev.credbroker.simulator.sts.StsCall;
import dev.credbroker.simulator.sts.Trust;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The delivered program with a real identity provider: Keycloak issues what the broker verifies, and the simulator of STS
 * verifies once more what is passed on to it, with the keys that Keycloak publishes.
 */
class KeycloakIT {

    private static final String AUDIENCE = "credential-broker";
    private static final String ACCOUNT = "arn:aws:iam::123456789012:";
    private static final String PROVIDER_ARN = ACCOUNT + "saml-provider/keycloak";
    private static final String SAML_ROLE = ACCOUNT + "role/ADFS-Production";
    private static final String WEB_ROLE = ACCOUNT + "role/Batch-Upload";
    private static final String KEY_ROLE = ACCOUNT + "role/Deployer";
    private static final String ACCESS_KEY_ID = "AKIATESTBROKER000001";
    private static final String SECRET_ACCESS_KEY = "own-secret-of-the-broker-000000000000001";

    private static final Pattern CERTIFICATE = Pattern.compile("<ds:X509Certificate>([^<]+)</ds:X509Certificate>");
    private static final TemporalUnitWithinOffset A_FEW_SECONDS = new TemporalUnitWithinOffset(20, ChronoUnit.SECONDS);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final String CONFIGURATION = """
            broker:
              issuers:
                people:
                  issuer: KEYCLOAK
                  audiences: [credential-broker]
                  attributes: { groups: realm_access.roles }
              saml:
                browser:
                  metadata: KEYCLOAK/protocol/saml/descriptor
                  provider-arn: arn:aws:iam::*:saml-provider/keycloak
              roles:
                adfs-production:
                  arn: arn:aws:iam::123456789012:role/ADFS-Production
                  operation: assume-role-with-saml
                  max-duration: 12h
                  admit: [{ provider: browser, everyone: true }]
                batch-upload:
                  arn: arn:aws:iam::123456789012:role/Batch-Upload
                  operation: assume-role-with-web-identity
                  max-duration: 12h
                  admit: &uploaders
                    - provider: people
                      match: { groups: { any-of: [uploaders] } }
                    - provider: people
                      match: { preferred_username: { equals: service-account-uploader } }
                deployer:
                  arn: arn:aws:iam::123456789012:role/Deployer
                  operation: assume-role
                  max-duration: 4h
                  admit: *uploaders
              sts:
                region: eu-west-1
                endpoint-override: STS
            """;

    private static final Simulator simulator = new Simulator(InstantSource.system());
    private static final Keycloak keycloak = Keycloak.start();
    private static PackagedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        // The broker would start without it, and wait a minute before it fetched the metadata again.
        keycloak.awaitReady();
        broker = PackagedBroker.start(
                CONFIGURATION.replace("KEYCLOAK", keycloak.issuer()).replace("STS", simulator.url()),
                "-Daws.accessKeyId=" + ACCESS_KEY_ID,
                "-Daws.secretAccessKey=" + SECRET_ACCESS_KEY);
        simulator.sts().oidcProvider(keycloak.issuer(), Set.of(AUDIENCE), OidcKeys.at(URI.create(keycloak.jwks())));
        simulator.sts().samlProvider(PROVIDER_ARN, certificates(), keycloak.issuer());
        simulator.sts().accessKey(ACCESS_KEY_ID, SECRET_ACCESS_KEY);
        simulator.sts().role(SAML_ROLE, Duration.ofHours(12), Trust.saml(PROVIDER_ARN));
        simulator.sts().role(WEB_ROLE, Duration.ofHours(12), Trust.webIdentity(keycloak.issuer()));
        simulator.sts().role(KEY_ROLE, Duration.ofHours(4), Trust.caller(ACCESS_KEY_ID));
        broker.awaitReady();
        assertThat(Polling.until(KeycloakIT::bothAreUsable, Duration.ofSeconds(90)))
                .isTrue();
    }

    @AfterAll
    static void end() {
        if (broker != null) {
            broker.close();
        }
        keycloak.close();
        simulator.close();
    }

    @BeforeEach
    void forget() {
        simulator.sts().forgetCalls();
    }

    private static boolean bothAreUsable() {
        String health = Http.get(broker.managementUrl() + "/q/health/ready").body();
        return health.contains("\"issuer.people\": \"usable") && health.contains("\"saml.browser\": \"usable");
    }

    private static List<X509Certificate> certificates() throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        List<X509Certificate> certificates = new ArrayList<>();
        Matcher matcher = CERTIFICATE.matcher(Http.get(keycloak.metadata()).body());
        while (matcher.find()) {
            byte[] der = Base64.getMimeDecoder().decode(matcher.group(1));
            certificates.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(der)));
        }
        return certificates;
    }

    private static HttpResponse<String> ask(String token, String roleAndQuery) {
        return Http.get(broker.url() + "/v1/credentials/" + roleAndQuery, "Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> askWithSaml(String response, String duration) {
        return Http.postForm(
                broker.url() + "/v1/credentials",
                Map.of("SAMLResponse", response, "role", "adfs-production", "durationSeconds", duration));
    }

    private static JsonNode credentials(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private static void lasts(JsonNode credentials, Duration duration) {
        assertThat(Instant.parse(credentials.get("Expiration").asText()))
                .isCloseTo(Instant.now().plus(duration), A_FEW_SECONDS);
    }

    private static StsCall onlyCall() {
        assertThat(simulator.sts().calls()).hasSize(1);
        return simulator.sts().calls().getFirst();
    }

    @Test
    void userWithTheRole_getsTwelveHoursThroughWebIdentity() throws Exception {
        JsonNode credentials = credentials(ask(keycloak.tokenOf("alice"), "batch-upload?durationSeconds=43200"));

        lasts(credentials, Duration.ofHours(12));
        assertThat(onlyCall().action()).isEqualTo("AssumeRoleWithWebIdentity");
        assertThat(onlyCall().signed()).isFalse();
    }

    @Test
    void userWithTheRole_getsFourHoursThroughAssumeRole() throws Exception {
        JsonNode credentials = credentials(ask(keycloak.tokenOf("alice"), "deployer?durationSeconds=14400"));

        lasts(credentials, Duration.ofHours(4));
        assertThat(onlyCall().action()).isEqualTo("AssumeRole");
        assertThat(onlyCall().accessKeyId()).contains(ACCESS_KEY_ID);
    }

    @Test
    void client_withItsOwnCredentials_getsBothOperations() throws Exception {
        String token = keycloak.tokenOfTheClient();

        credentials(ask(token, "batch-upload"));
        credentials(ask(token, "deployer"));

        assertThat(simulator.sts().calls())
                .extracting(StsCall::action)
                .containsExactly("AssumeRoleWithWebIdentity", "AssumeRole");
    }

    @Test
    void userWithoutTheRole_isRefusedAndStsIsNotAsked() {
        HttpResponse<String> answer = ask(keycloak.tokenOf("bob"), "batch-upload");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("\"code\":\"RoleNotPermitted\"");
        assertThat(simulator.sts().calls()).isEmpty();
    }

    @Test
    void twoTokensOfOneUser_areOneCall() throws Exception {
        JsonNode first = credentials(ask(keycloak.tokenOf("alice"), "deployer?durationSeconds=3600"));
        JsonNode second = credentials(ask(keycloak.tokenOf("alice"), "deployer?durationSeconds=3600"));

        assertThat(second).isEqualTo(first);
        assertThat(simulator.sts().calls()).hasSize(1);
    }

    @Test
    void samlResponse_lastsTwelveHoursAndIsExchangedOnce() throws Exception {
        String response = keycloak.samlResponseOf("alice");

        JsonNode first = credentials(askWithSaml(response, "43200"));
        JsonNode second = credentials(askWithSaml(response, "43200"));

        lasts(first, Duration.ofHours(12));
        assertThat(second).isEqualTo(first);
        assertThat(onlyCall().action()).isEqualTo("AssumeRoleWithSAML");
        assertThat(onlyCall().parameter("SAMLAssertion")).contains(response);
        assertThat(onlyCall().parameter("DurationSeconds")).contains("43200");
    }

    @Test
    void samlResponse_changedByOneLetter_isRefused() {
        byte[] xml = Base64.getDecoder().decode(keycloak.samlResponseOf("alice"));
        String changed = new String(xml, StandardCharsets.UTF_8).replace("alice@example.com", "alicf@example.com");

        HttpResponse<String> answer =
                askWithSaml(Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8)), "3600");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(simulator.sts().calls()).isEmpty();
    }
}
