package dev.credbroker.broker;

import static dev.credbroker.broker.BrokerWorld.BATCH;
import static dev.credbroker.broker.BrokerWorld.DEPLOYER;
import static dev.credbroker.broker.BrokerWorld.id;
import static dev.credbroker.broker.BrokerWorld.proof;
import static dev.credbroker.broker.BrokerWorld.remaining;
import static dev.credbroker.broker.BrokerWorld.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.audit.AuditEvent;
import dev.credbroker.audit.AuditEvent.RolesListed;
import dev.credbroker.audit.AuditEvent.SessionGiven;
import dev.credbroker.audit.AuditEvent.SessionRefused;
import dev.credbroker.audit.AuditEvent.Who;
import dev.credbroker.cache.Given.Source;
import dev.credbroker.outcome.Issued;
import dev.credbroker.outcome.Outcome;
import dev.credbroker.outcome.Refusal;
import dev.credbroker.outcome.Refusal.DurationExceedsMaximum;
import dev.credbroker.outcome.Refusal.RoleNotPermitted;
import dev.credbroker.secret.Fingerprint;
import dev.credbroker.session.DurationLimit;
import dev.credbroker.session.OwnCredentials;
import dev.credbroker.session.RequestedDuration;
import dev.credbroker.simulator.World;
import dev.credbroker.simulator.http.Fault;
import dev.credbroker.simulator.idp.JwtAlgorithm;
import dev.credbroker.simulator.idp.JwtKey;
import dev.credbroker.simulator.idp.Page;
import dev.credbroker.simulator.idp.TokenDraft;
import dev.credbroker.sts.ExchangeFailure;
import dev.credbroker.telemetry.Meters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class CredentialBrokerTest {

    @RegisterExtension
    private static final World WORLD = new World();

    private BrokerWorld world;

    @BeforeEach
    void open() {
        world = BrokerWorld.warm(WORLD);
    }

    @AfterEach
    void close() {
        world.close();
    }

    // What is held, and what is minted

    @Test
    void held_beforeAnyExchange_isNoAnswerAndLeavesNoTrace() {
        assertThat(world.broker.held(request(world.token()))).isEmpty();
        assertThat(world.audited).isEmpty();
        assertThat(world.sts.calls()).isZero();
    }

    @Test
    void obtain_forTheFirstTime_mints() {
        Issued issued = issued(world.broker.obtain(request(world.token())));

        assertThat(issued.source()).isEqualTo(Source.MISS);
        assertThat(issued.role()).hasToString(World.OIDC_ROLE);
        assertThat(issued.remaining()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void held_afterAnExchange_isAHitEvenWhileStsHangs() {
        world.broker.obtain(request(world.token()));
        world.sts.hold();

        Optional<Outcome> outcome = world.broker.held(request(world.token()));
        world.sts.release();

        assertThat(issued(outcome.orElseThrow()).source()).isEqualTo(Source.HIT);
    }

    @Test
    void obtain_bySamePersonWithTwoTokens_isOneExchange() {
        Issued first = issued(world.broker.obtain(request(world.token())));

        Issued second = issued(world.broker.obtain(request(world.token())));

        assertThat(second.credentials()).isEqualTo(first.credentials());
        assertThat(world.sts.calls()).isOne();
    }

    @Test
    void obtain_byTwoPeople_isTwoSessions() {
        Issued ofAlice = issued(world.broker.obtain(request(world.token("alice", "uploaders"))));

        Issued ofBob = issued(world.broker.obtain(request(world.token("bob", "uploaders"))));

        assertThat(ofBob.credentials()).isNotEqualTo(ofAlice.credentials());
        assertThat(world.sts.calls()).isEqualTo(2);
    }

    @Test
    void obtain_forTwoDurations_isTwoSessions() {
        world.broker.obtain(request(world.token(), BATCH, 3600));

        Issued longer = issued(world.broker.obtain(request(world.token(), BATCH, 7200)));

        assertThat(longer.source()).isEqualTo(Source.MISS);
        assertThat(longer.remaining()).isEqualTo(Duration.ofHours(2));
    }

    @Test
    void obtain_byRoleArn_isTheSameSessionAsByName() {
        world.broker.obtain(request(world.token(), BATCH));

        assertThat(issued(world.broker.obtain(request(world.token(), World.OIDC_ROLE)))
                        .source())
                .isEqualTo(Source.HIT);
    }

    // Judged on every request

    @Test
    void held_onceTheNextTokenLacksTheGroup_isRefusedThoughASessionIsHeld() {
        world.broker.obtain(request(world.token("alice", "uploaders")));

        Optional<Outcome> outcome = world.broker.held(request(world.token("alice", "readers")));

        assertThat(outcome).contains(new RoleNotPermitted("not-admitted"));
    }

    @Test
    void obtain_onceTheNextTokenLacksTheGroup_isRefusedThoughASessionIsHeld() {
        world.broker.obtain(request(world.token("alice", "uploaders")));

        assertThat(world.broker.obtain(request(world.token("alice", "readers"))))
                .isEqualTo(new RoleNotPermitted("not-admitted"));
    }

    @Test
    void obtain_ofUnknownAndForbiddenRoles_isRefusedAlikeWithoutAskingSts() {
        Refusal unknown = refused(world.broker.obtain(request(world.token(), "no-such-role")));
        Refusal forbidden = refused(world.broker.obtain(request(world.token(), DEPLOYER)));

        assertThat(unknown).hasSameClassAs(forbidden).isInstanceOf(RoleNotPermitted.class);
        assertThat(unknown.code()).isEqualTo(forbidden.code());
        assertThat(world.sts.calls()).isZero();
    }

    @Test
    void held_withATokenWhoseTimeIsOver_isExpiredThoughASessionIsHeld() {
        String token = world.token();
        world.broker.obtain(request(token, BATCH, 14_400));
        world.pass(Duration.ofMinutes(61));

        assertThat(world.broker.held(request(token, BATCH, 14_400))).contains(new Refusal.TokenExpired("expired"));
    }

    @Test
    void held_withATokenThatAnotherSigned_isUnverifiedThoughASessionIsHeld() {
        world.broker.obtain(request(world.token()));
        JwtKey published = WORLD.provider().jwtKey(JwtAlgorithm.RS256);
        JwtKey forged = JwtKey.generate(published.keyId(), JwtAlgorithm.RS256);
        String token = WORLD.token()
                .claim("groups", List.of("uploaders"))
                .signedWith(forged)
                .sign();

        assertThat(world.broker.held(request(token))).contains(new Refusal.Unverified("signature"));
    }

    @Test
    void obtain_withWhatIsNoToken_isUnverified() {
        assertThat(refused(world.broker.obtain(request("no token"))).code()).isEqualTo("InvalidToken");
        assertThat(world.sts.calls()).isZero();
    }

    // What a refused request reaches

    static Stream<Arguments> refusedRequests() {
        return Stream.of(
                of("InvalidToken", () -> request("no token")),
                of("InvalidToken", () -> request(signedByAnother())),
                of("InvalidToken", draft -> draft.audience("another")),
                of("InvalidToken", draft -> draft.claim("iss", "https://idp.example.com")),
                of("InvalidToken", draft -> draft.claim("cnf", Map.of("jkt", "a"))),
                of("InvalidToken", draft -> draft.issuedAt(in(600))),
                of("TokenExpired", draft -> draft.issuedAt(in(-7200)).expires(in(-3600))),
                of("RoleNotPermitted", draft -> draft.claim("groups", List.of("readers"))),
                of("RoleNotPermitted", () -> request(draft().sign(), DEPLOYER)),
                of("RoleNotPermitted", () -> request(draft().sign(), "no-such-role")),
                of("DurationExceedsMaximum", () -> request(draft().sign(), BATCH, 14_401)));
    }

    private static Arguments of(String code, UnaryOperator<TokenDraft> change) {
        return of(code, () -> request(change.apply(draft()).sign()));
    }

    private static Arguments of(String code, Supplier<CredentialRequest> request) {
        return Arguments.of(code, request);
    }

    private static Instant in(long seconds) {
        return WORLD.clock().instant().plusSeconds(seconds);
    }

    /**
     * The cache is never asked on behalf of a proof that is refused. So it is not the time of an answer that shows whether
     * a session is held: there is nothing that it could depend on.
     */
    @ParameterizedTest
    @MethodSource("refusedRequests")
    void request_thatIsRefused_neverReachesTheCache(String code, Supplier<CredentialRequest> made) {
        CredentialRequest request = made.get();
        world.broker.obtain(request(draft().sign()));
        int judged = world.judged.get();

        Refusal fromMemory = refused(world.broker.held(request).orElseThrow());
        Refusal refused = refused(world.broker.obtain(request));

        assertThat(fromMemory).isEqualTo(refused);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(world.judged).hasValue(judged);
        assertThat(world.sts.calls()).isOne();
        assertThat(world.broker.held(request(draft().sign()))).isPresent();
        assertThat(world.judged).hasValueGreaterThan(judged);
    }

    private static TokenDraft draft() {
        return WORLD.token().claim("groups", List.of("uploaders"));
    }

    private static String signedByAnother() {
        JwtKey genuine = WORLD.provider().jwtKey(JwtAlgorithm.RS256);
        return draft().signedWith(JwtKey.generate(genuine.keyId(), JwtAlgorithm.RS256))
                .sign();
    }

    // Many at once

    @Test
    void obtain_byAThousandAtOnce_isOneExchangeForEachPerson() throws InterruptedException {
        List<String> tokens = Stream.of("alice", "bob", "carol", "dave")
                .map(subject -> world.token(subject, "uploaders"))
                .toList();
        Queue<Issued> answers = new ConcurrentLinkedQueue<>();

        List<Thread> callers = IntStream.range(0, 1000)
                .mapToObj(i -> Thread.startVirtualThread(() ->
                        answers.add(issued(world.broker.obtain(request(tokens.get(i % tokens.size())))))))
                .toList();
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(answers).hasSize(1000);
        assertThat(answers.stream().map(Issued::credentials).distinct()).hasSize(4);
        assertThat(world.sts.calls()).isEqualTo(4);
    }

    // Keys and credentials that are not in memory

    @Test
    void held_beforeTheIssuersKeysAreThere_isNoAnswer_andObtainWaitsForThem() {
        try (BrokerWorld cold = BrokerWorld.cold(WORLD)) {
            String token = cold.token();

            assertThat(cold.broker.held(request(token))).isEmpty();
            assertThat(cold.broker.obtain(request(token))).isInstanceOf(Issued.class);
        }
    }

    @Test
    void obtain_whileTheIssuersKeysCannotBeHad_isUnavailable() {
        WORLD.provider().faults(Page.JWKS).always(Fault.status(500));
        try (BrokerWorld cold = BrokerWorld.cold(WORLD)) {
            assertThat(cold.broker.obtain(request(cold.token())))
                    .isEqualTo(new Refusal.Unavailable("issuer-keys", Duration.ofSeconds(5)));
        }
    }

    @Test
    void held_beforeTheKindOfOwnCredentialsIsKnown_isNoAnswer_andObtainLooksItUp() {
        world.ownIsKnown = false;
        CredentialRequest request = request(deployer(), DEPLOYER);

        assertThat(world.broker.held(request)).isEmpty();
        assertThat(world.broker.obtain(request)).isInstanceOf(Issued.class);
    }

    @Test
    void obtain_withoutOwnCredentials_isTheOperatorsFaultAndRaisesAnAlarm() {
        world.own = Optional.empty();

        assertThat(world.broker.obtain(request(deployer(), DEPLOYER)))
                .isEqualTo(new Refusal.OperatorFault("own-credentials-missing"));
        assertThat(world.registry
                        .get(Meters.OPERATOR_FAULTS)
                        .tag(Meters.FAULT, "own-credentials-missing")
                        .counter()
                        .count())
                .isOne();
    }

    @Test
    void obtain_whereATemplateHasNoValue_isNotPermitted() {
        String nameless = world.token("alice", "deployers");

        assertThat(world.broker.obtain(request(nameless, DEPLOYER)))
                .isEqualTo(new RoleNotPermitted("unfit-source-identity"));
    }

    // Durations

    @ParameterizedTest
    @CsvSource({"14399", "14400"})
    void obtain_upToTheRolesMaximum_isGranted(int seconds) {
        assertThat(issued(world.broker.obtain(request(world.token(), BATCH, seconds)))
                        .remaining())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void obtain_aboveTheRolesMaximum_isRefusedWithTheLimit() {
        assertThat(world.broker.obtain(request(world.token(), BATCH, 14_401)))
                .isEqualTo(new DurationExceedsMaximum(14_400, DurationLimit.ROLE));
        assertThat(world.sts.calls()).isZero();
    }

    @Test
    void obtain_ofMoreThanAnHourWithTemporaryKeys_namesRoleChaining() {
        world.own = Optional.of(OwnCredentials.Kind.TEMPORARY);

        assertThat(world.broker.obtain(request(deployer(), DEPLOYER, 3601)))
                .isEqualTo(new DurationExceedsMaximum(3600, DurationLimit.ROLE_CHAINING));
    }

    @Test
    void obtain_ofTheLongestWithTemporaryKeys_isAnHourAndSaysWhy() {
        world.own = Optional.of(OwnCredentials.Kind.TEMPORARY);

        Issued issued = issued(world.broker.obtain(request(deployer(), DEPLOYER, new RequestedDuration.Longest())));

        assertThat(issued.duration()).hasToString("requested=max, granted=3600, limited-by=role-chaining");
    }

    @ParameterizedTest
    @CsvSource({"3539, true", "3540, true", "3541, false"})
    void obtain_thatMustStillLast_isAtMostWhatIsGrantedLessAMinute(int least, boolean possible) {
        Outcome outcome = world.broker.obtain(remaining(world.token(), Duration.ofSeconds(least)));

        assertThat(outcome instanceof Issued).isEqualTo(possible);
        if (!possible) {
            assertThat(refused(outcome).code()).isEqualTo("InvalidDuration");
        }
    }

    @Test
    void obtain_whereStsGivesLessThanMustRemain_isTooMuchToAsk_andTheSessionStaysHeld() {
        world.sts.thenGives(Duration.ofMinutes(30));

        Outcome tooMuch = world.broker.obtain(remaining(world.token(), Duration.ofMinutes(50)));
        Outcome again = world.broker.obtain(remaining(world.token(), Duration.ofMinutes(50)));
        Issued content = issued(world.broker.obtain(request(world.token())));

        assertThat(tooMuch)
                .isEqualTo(new DurationExceedsMaximum(1800, DurationLimit.STS))
                .isEqualTo(again);
        assertThat(content.source()).isEqualTo(Source.HIT);
        assertThat(content.duration()).hasToString("requested=default, granted=1800, limited-by=sts");
        assertThat(world.sts.calls()).isOne();
    }

    @Test
    void obtain_whereStsFails_isWhatTheFailureMeans() {
        world.sts.thenFails(new ExchangeFailure.Denied());

        assertThat(world.broker.obtain(request(world.token()))).isEqualTo(new Refusal.DeniedBySts());
    }

    @Test
    void obtain_whereTheExchangeBreaks_isAFaultThatTheAuditLogHas() {
        world.sts.thenBreaks();

        assertThat(world.broker.obtain(request(world.token()))).isEqualTo(new Refusal.OperatorFault("broken"));
        assertThat(event(SessionRefused.class).refusal()).isEqualTo(new Refusal.OperatorFault("broken"));
    }

    // Audit

    @Test
    void audit_ofASessionGiven_saysWhoGotWhat() {
        String token = world.token();

        Issued issued = issued(world.broker.obtain(request(token, World.OIDC_ROLE)));

        assertThat(event(SessionGiven.class)).satisfies(given -> {
            assertThat(given.time()).isEqualTo(WORLD.clock().instant());
            assertThat(given.request()).isEqualTo(id());
            assertThat(given.proof()).isEqualTo(Fingerprint.of(token));
            assertThat(given.who()).isEqualTo(new Who("corp", WORLD.provider().issuer(), "alice"));
            assertThat(given.role()).isEqualTo(World.OIDC_ROLE);
            assertThat(given.issued()).isEqualTo(issued);
        });
    }

    @Test
    void audit_ofAForbiddenRole_saysWhoWantedIt() {
        world.broker.obtain(request(world.token("mallory", "readers")));

        assertThat(event(SessionRefused.class)).satisfies(refused -> {
            assertThat(refused.who()).contains(new Who("corp", WORLD.provider().issuer(), "mallory"));
            assertThat(refused.role()).contains(BATCH);
            assertThat(refused.refusal()).isEqualTo(new RoleNotPermitted("not-admitted"));
        });
    }

    @Test
    void audit_ofAnExpiredToken_namesItsProviderAndNobody() {
        String token = WORLD.token()
                .expires(WORLD.clock().instant().minusSeconds(600))
                .issuedAt(WORLD.clock().instant().minusSeconds(1200))
                .sign();

        world.broker.obtain(request(token));

        assertThat(event(SessionRefused.class)).satisfies(refused -> {
            assertThat(refused.provider()).contains("corp");
            assertThat(refused.who()).isEmpty();
            assertThat(refused.proof()).contains(Fingerprint.of(token));
        });
    }

    @Test
    void audit_ofARequestThatCouldNotBeRead_isKept() {
        Refusal malformed = new Refusal.Malformed("no-role", "name a role");

        assertThat(world.broker.refuse(id(), malformed)).isEqualTo(malformed);
        assertThat(event(SessionRefused.class).refusal()).isEqualTo(malformed);
    }

    @Test
    void audit_thatLosesASession_keepsItFromTheCaller() {
        world.auditIsFull = true;

        assertThat(world.broker.obtain(request(world.token())))
                .isEqualTo(new Refusal.Unavailable("audit", Duration.ofSeconds(1)));
    }

    @Test
    void audit_thatLosesAHit_keepsItFromTheCaller() {
        world.broker.obtain(request(world.token()));
        world.auditIsFull = true;

        assertThat(world.broker.held(request(world.token())))
                .contains(new Refusal.Unavailable("audit", Duration.ofSeconds(1)));
    }

    @Test
    void audit_thatLosesARefusal_saysSoInItsPlace() {
        world.auditIsFull = true;

        assertThat(refused(world.broker.obtain(request("no token"))).code()).isEqualTo("ServiceUnavailable");
        assertThat(world.answers("ServiceUnavailable", "none")).isOne();
    }

    // Roles

    @Test
    void roles_ofAnIdentity_areThoseItMayTake() {
        RolesAnswer answer = world.broker.roles(id(), proof(world.token()));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        RolesAnswer.Permitted.class,
                        permitted -> assertThat(permitted.roles())
                                .extracting(role -> role.role().name())
                                .containsExactly(BATCH));
        assertThat(event(RolesListed.class).roles()).isOne();
        assertThat(world.sts.calls()).isZero();
    }

    @Test
    void roles_ofNobody_areRefused() {
        assertThat(world.broker.roles(id(), proof("no token"))).isInstanceOf(RolesAnswer.Refused.class);
        assertThat(world.answers("InvalidToken", "none")).isOne();
    }

    @Test
    void roles_thatTheAuditLogLoses_areNotTold() {
        world.auditIsFull = true;

        assertThat(world.broker.roles(id(), proof(world.token())))
                .isEqualTo(new RolesAnswer.Refused(new Refusal.Unavailable("audit", Duration.ofSeconds(1))));
        assertThat(world.answers("ServiceUnavailable", "none")).isOne();
    }

    // Meters

    @Test
    void meters_countAnswersByCodeAndSource() {
        world.broker.obtain(request(world.token()));
        world.broker.obtain(request(world.token()));
        world.broker.held(request(world.token()));
        world.broker.obtain(request(world.token(), DEPLOYER));

        assertThat(world.answers("Success", "miss")).isEqualTo(1);
        assertThat(world.answers("Success", "hit")).isEqualTo(2);
        assertThat(world.answers("RoleNotPermitted", "none")).isEqualTo(1);
    }

    private String deployer() {
        return WORLD.token()
                .claim("groups", List.of("deployers"))
                .claim("email", "alice@example.com")
                .sign();
    }

    private <T extends AuditEvent> T event(Class<T> kind) {
        assertThat(world.audited).hasSize(1).first().isInstanceOf(kind);
        return kind.cast(world.audited.getFirst());
    }

    private static Issued issued(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Issued.class);
        return (Issued) outcome;
    }

    private static Refusal refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Refusal.class);
        return (Refusal) outcome;
    }
}
