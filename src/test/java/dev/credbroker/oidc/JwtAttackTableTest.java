package dev.credbroker.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.configuration.Findings;
import dev.credbroker.secret.Secret;
import dev.credbroker.simulator.TestClock;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every attack upon the gate itself, and proof that each of them is one. */
class JwtAttackTableTest {

    private static final TestClock CLOCK = new TestClock();
    private static final AttackedIssuers ISSUERS = new AttackedIssuers(CLOCK);

    /** Long, so that a busy machine does not fail the tests; nobody waits it out. */
    private static final OidcIssuers TRUSTED = OidcIssuers.from(
            TestConfig.of(ISSUERS.properties()),
            new Findings(),
            new KeyUpkeep(CLOCK, () -> 0, (delay, task) -> {
                if (delay.isZero()) {
                    Thread.startVirtualThread(task);
                }
            }),
            Duration.ofSeconds(30));

    private static final JwtChecker CHECKER = new JwtChecker(TRUSTED, CLOCK);

    static final List<JwtAttack> ATTACKS = ISSUERS.attacks();

    @AfterAll
    static void close() {
        int led = ISSUERS.decoy().connections();
        TRUSTED.close();
        ISSUERS.close();
        assertThat(led).isZero();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ATTACKS")
    void check_attackBesideItsTwin_isRejectedForItsReason(JwtAttack attack) {
        assertThat(CHECKER.checkAwaitingKeys(attack.twin().secret())).isInstanceOf(JwtCheck.Genuine.class);

        assertThat(CHECKER.checkAwaitingKeys(Secret.of(attack.token())))
                .isInstanceOfSatisfying(
                        JwtCheck.Rejected.class,
                        rejected -> assertThat(rejected.flaw()).isEqualTo(attack.flaw()));
    }

    @Test
    void carelessReader_isFooledByTheAttacksThatShouldFool() {
        List<JwtAttack> fooling = ATTACKS.stream().filter(JwtAttack::fooling).toList();

        assertThat(fooling).hasSizeGreaterThan(300);
        assertThat(fooling.stream().filter(attack -> !CarelessReader.takes(attack.token())))
                .isEmpty();
    }

    @Test
    void attacks_useEveryFlawSaveTheOneForBugs() {
        assertThat(ATTACKS.stream().map(JwtAttack::flaw).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(List.of(JwtFlaw.values()).stream()
                        .filter(flaw -> flaw != JwtFlaw.UNREADABLE)
                        .toList());
    }

    @Test
    void attacks_haveNamesOfTheirOwn() {
        assertThat(ATTACKS.stream().map(attack -> attack.issuer() + attack.name()))
                .doesNotHaveDuplicates();
    }
}
