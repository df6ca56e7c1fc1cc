package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.api.Asking.Told;
import dev.credbroker.oidc.AttackedIssuers;
import dev.credbroker.oidc.HostileKeySet;
import dev.credbroker.oidc.TestKey;
import dev.credbroker.oidc.TestToken;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Issuers whose keys cannot be had: their callers are told to come again, and nobody else notices. */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
@QuarkusTestResource(AttackedWorld.class)
class HostileKeysTest {

    private static final AuditTrail audit = new AuditTrail();

    private static final AttackedIssuers ISSUERS = AttackedWorld.issuers();

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().forgetCalls();
    }

    @ParameterizedTest
    @EnumSource(HostileKeySet.class)
    @Timeout(60)
    void token_ofAnIssuerWhoseKeysNeverCame_is503AndOthersAreServed(HostileKeySet hostile) {
        Told theirs =
                Asking.withToken(ISSUERS.token(hostile.issuer(), TestKey.RSA).text());
        Told ours = Asking.withTokenUntilTold(
                ISSUERS.token(AttackedIssuers.TARGET, TestKey.RSA).text());

        comeAgain(theirs);
        assertThat(ours.status()).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).hasSize(1);
        assertThat(ISSUERS.decoy().connections()).isZero();
    }

    @ParameterizedTest
    @EnumSource(HostileKeySet.class)
    @Timeout(60)
    void token_ofAnIssuerThatTurnedHostile_isGoodWhileItsKeyIsKnown(HostileKeySet hostile) {
        TestToken known = ISSUERS.token(AttackedIssuers.FADING, TestKey.RSA);
        assertThat(Asking.withTokenUntilTold(known.text()).status()).isEqualTo(200);

        ISSUERS.turn(AttackedIssuers.FADING, hostile);

        comeAgain(Asking.withToken(known.header("kid", "new").text()));
        assertThat(Asking.withToken(ISSUERS.token(AttackedIssuers.FADING, TestKey.RSA)
                                .text())
                        .status())
                .isEqualTo(200);
    }

    private static void comeAgain(Told told) {
        assertThat(told.status()).isEqualTo(503);
        assertThat(told.headers().get("retry-after")).containsExactly("5");
        assertThat(told.body()).contains("\"retryable\":true");
        assertThat(audit.line(told.request()).path("reason").asText()).isEqualTo("issuer-keys");
    }
}
