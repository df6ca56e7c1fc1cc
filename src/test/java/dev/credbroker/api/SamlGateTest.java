package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.cache.CredentialCache;
import dev.credbroker.packaged.Http;
import dev.credbroker.saml.Attack;
import dev.credbroker.saml.Attacks;
import dev.credbroker.saml.Bait;
import dev.credbroker.saml.Factor;
import dev.credbroker.saml.Factors;
import dev.credbroker.saml.Spelling;
import dev.credbroker.saml.Target;
import dev.credbroker.simulator.idp.SamlDraft;
import dev.credbroker.simulator.idp.SamlKey;
import dev.credbroker.simulator.idp.SamlSignatureAlgorithm;
import dev.credbroker.simulator.idp.SignedParts;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is not sound gets no session, asks STS nothing, leaves nothing in the cache, and is seen by the check that is there for
 * it; and what differs from it in that one thing alone gets a session by one call.
 */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
class SamlGateTest {

    private static final String TO_AWS = "partner-production";
    private static final String TO_BROKER = "partner-deployer";
    private static final String TO_AWS_BY_ADFS = "adfs-production";
    private static final AuditTrail audit = new AuditTrail();

    private final String subject = UUID.randomUUID().toString();

    @Inject
    CredentialCache cache;

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().tellTheTruth();
    }

    @AfterEach
    void letTimePass() {
        RunningWorld.clock().run();
        RunningWorld.brokerClock().run();
    }

    static Stream<Attack> attacks() {
        return Attacks.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void attack_withItsTwinsSessionHeld_isRefusedForItsReason(Attack attack) {
        Target target = new Target(RunningWorld.partner(), () -> RunningWorld.partnerResponse(subject));
        int connections = Bait.connections();

        serves(attack.twin(target), TO_AWS);
        refuses(
                attack.on(target),
                TO_AWS,
                attack.reason().malformed() ? 400 : 401,
                attack.reason().text());

        assertThat(Bait.connections()).isEqualTo(connections);
    }

    static Stream<Factor> factors() {
        return Factors.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("factors")
    void factor_onEachSideOfTheLine_isServedAndRefusedForItsReason(Factor factor) {
        String role = factor.toBroker() ? TO_BROKER : TO_AWS;
        RunningWorld.clock().stopAt(Factors.NOW);

        RunningWorld.brokerClock().stopAt(Factors.NOW.plus(factor.good().ahead()));
        serves(factor.good().of(sound(factor)), role);
        RunningWorld.brokerClock().stopAt(Factors.NOW.plus(factor.bad().ahead()));
        refuses(factor.bad().of(sound(factor)), role, 401, factor.reason());
    }

    /** What is addressed to AWS never opens a role that the broker takes by its own keys, and the other way round. */
    @Test
    void role_forTheOtherAddressee_isNotPermitted() {
        String toAws = RunningWorld.partnerResponse(subject).encode();
        String toBroker = RunningWorld.partnerResponseToBroker(subject).encode();

        serves(toAws, TO_AWS);
        serves(toBroker, TO_BROKER);
        refuses(toAws, TO_BROKER, 403, "wrong-addressee");
        refuses(toBroker, TO_AWS, 403, "wrong-addressee");
    }

    @Test
    void audience_ofBoth_opensWhatItsRecipientMayOpen() {
        String[] both = {"urn:amazon:webservices", RunningWorld.PARTNER_AUDIENCE};
        String toAws = RunningWorld.partnerResponse(subject).audience(both).encode();
        String toBroker =
                RunningWorld.partnerResponseToBroker(subject).audience(both).encode();

        serves(toAws, TO_AWS);
        serves(toBroker, TO_BROKER);
        refuses(toAws, TO_BROKER, 403, "wrong-addressee");
        refuses(toBroker, TO_AWS, 403, "wrong-addressee");
    }

    @ParameterizedTest
    @EnumSource
    void spelling_otherThanTheProviders_isTheSamePersonAndSession(Spelling spelling) {
        String xml = RunningWorld.partnerResponse(subject).xml();
        serves(SamlDraft.encode(xml), TO_AWS);
        RunningWorld.sts().forgetCalls();

        for (String element : List.of("NameID", "AttributeValue", "Audience", "Issuer")) {
            HttpResponse<String> answer = ask(SamlDraft.encode(spelling.in(element, xml)), TO_AWS);

            assertThat(answer.statusCode()).as(element).isEqualTo(200);
            assertThat(line(answer).path("subject").asText()).isEqualTo(subject);
        }
        assertThat(RunningWorld.sts().calls()).isEmpty();
    }

    @Test
    void provider_underTheNameOfAnother_isRefused() {
        SamlKey partners = RunningWorld.partner().samlKey(SamlSignatureAlgorithm.RSA_SHA256);
        SamlDraft posing = RunningWorld.response(subject).signedWith(partners);
        SamlDraft trespassing =
                RunningWorld.partnerResponse(subject).role(RunningWorld.SAML_ROLE, RunningWorld.PROVIDER_ARN);
        SamlDraft borrowing = RunningWorld.partner()
                .samlResponse()
                .role(RunningWorld.PARTNER_SAML_ROLE, RunningWorld.PROVIDER_ARN)
                .roleSessionName(subject);

        refuses(posing.encode(), TO_AWS_BY_ADFS, 401, "signature");
        refuses(trespassing.encode(), TO_AWS_BY_ADFS, 403, "not-admitted");
        refuses(borrowing.encode(), TO_AWS, 403, "not-named-in-assertion");
    }

    @Test
    void signature_ofTheResponseAlone_isEnoughOnlyWhereTheProviderIsConfiguredSo() {
        serves(
                RunningWorld.partnerResponse(subject)
                        .signed(SignedParts.RESPONSE)
                        .encode(),
                TO_AWS);
        serves(RunningWorld.response(subject).signed(SignedParts.BOTH).encode(), TO_AWS_BY_ADFS);
        refuses(
                RunningWorld.response(subject).signed(SignedParts.RESPONSE).encode(),
                TO_AWS_BY_ADFS,
                401,
                "assertion-unsigned");
    }

    /** How old an assertion for AWS may be, STS says: five minutes, and no skew. */
    @Test
    void age_ofWhatIsAddressedToAws_isJudgedBySts() {
        RunningWorld.clock().stopAt(Factors.NOW);
        RunningWorld.brokerClock().stopAt(Factors.NOW);
        serves(
                RunningWorld.partnerResponse(subject)
                        .issueInstant(Factors.NOW.minusSeconds(300))
                        .encode(),
                TO_AWS);
        RunningWorld.sts().forgetCalls();
        long held = cache.size();

        HttpResponse<String> answer = ask(
                RunningWorld.partnerResponse(subject + "-2")
                        .issueInstant(Factors.NOW.minusSeconds(301))
                        .encode(),
                TO_AWS);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(line(answer).path("reason").asText()).isEqualTo("expired-at-sts");
        assertThat(RunningWorld.sts().calls()).hasSize(1);
        assertThat(cache.size()).isEqualTo(held);
    }

    @Test
    void response_shownAgain_isAHitUntilItsTimeIsOver() {
        RunningWorld.clock().stopAt(Factors.NOW);
        RunningWorld.brokerClock().stopAt(Factors.NOW);
        String response = RunningWorld.partnerResponse(subject).encode();
        serves(response, TO_AWS);
        RunningWorld.sts().forgetCalls();

        RunningWorld.brokerClock().stopAt(Factors.NOW.plusSeconds(359));
        assertThat(ask(response, TO_AWS).statusCode()).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).isEmpty();
        RunningWorld.brokerClock().stopAt(Factors.NOW.plusSeconds(360));
        refuses(response, TO_AWS, 401, "expired");
    }

    private SamlDraft sound(Factor factor) {
        return factor.toBroker()
                ? RunningWorld.partnerResponseToBroker(subject)
                : RunningWorld.partnerResponse(subject);
    }

    /** By one call, whose session is then held. */
    private void serves(String samlResponse, String role) {
        long held = cache.size();
        RunningWorld.sts().forgetCalls();

        HttpResponse<String> answer = ask(samlResponse, role);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).hasSize(1);
        assertThat(cache.size()).isEqualTo(held + 1);
    }

    private void refuses(String samlResponse, String role, int status, String reason) {
        long held = cache.size();
        RunningWorld.sts().forgetCalls();

        HttpResponse<String> answer = ask(samlResponse, role);

        JsonNode line = line(answer);
        assertThat(line.path("reason").asText()).isEqualTo(reason);
        assertThat(line.path("event").asText()).isEqualTo("session-refused");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.body())
                .contains("\"code\":\"%s\"".formatted(line.path("code").asText()))
                .doesNotContain(subject);
        assertThat(RunningWorld.sts().calls()).isEmpty();
        assertThat(cache.size()).isEqualTo(held);
    }

    private static JsonNode line(HttpResponse<String> answer) {
        return audit.line(answer.headers().firstValue("X-Request-Id").orElseThrow());
    }

    private static HttpResponse<String> ask(String samlResponse, String role) {
        return Http.postForm(
                "http://localhost:%d/v1/credentials".formatted(RestAssured.port),
                Map.of("role", role, "SAMLResponse", samlResponse));
    }
}
