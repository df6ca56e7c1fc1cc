package dev.credbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.credbroker.api.Asking.Told;
import dev.credbroker.cache.CredentialCache;
import dev.credbroker.oidc.JwtAttack;
import dev.credbroker.oidc.JwtFlaw;
import dev.credbroker.oidc.WycheproofTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Every attack over HTTP, each beside a good token that opens the role with one call to STS: what is refused is refused
 * alike, and leaves no trace but its line in the audit log.
 */
@QuarkusTest
@QuarkusTestResource(RunningWorld.class)
@QuarkusTestResource(AttackedWorld.class)
class JwtAttacksTest {

    private static final AuditTrail audit = new AuditTrail();

    static final List<JwtAttack> ATTACKS = AttackedWorld.issuers().attacks();

    @Inject
    CredentialCache cache;

    @BeforeEach
    void quietSts() {
        RunningWorld.sts().faults().clear();
        RunningWorld.sts().forgetCalls();
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("ATTACKS")
    void attack_besideItsTwin_isTheSame401AndTouchesNothing(JwtAttack attack) {
        assertThat(Asking.withTokenUntilTold(attack.twin().text()).status()).isEqualTo(200);
        assertThat(RunningWorld.sts().calls()).hasSize(1);
        long held = cache.size();
        int fetches = AttackedWorld.issuers().fetches(attack.issuer());

        Told told = Asking.withTokenUntilTold(attack.token());

        assertThat(told.everything()).isEqualTo(Asking.withNothing().everything());
        JsonNode line = audit.line(told.request());
        assertThat(line.path("code").asText()).isEqualTo("InvalidToken");
        assertThat(line.path("reason").asText()).isEqualTo(attack.flaw().toString());
        assertThat(line.has("subject")).isFalse();
        assertThat(RunningWorld.sts().calls()).hasSize(1);
        assertThat(cache.size()).isEqualTo(held);
        assertThat(AttackedWorld.issuers().fetches(attack.issuer()) - fetches)
                .isEqualTo(attack.flaw() == JwtFlaw.UNKNOWN_KEY ? 1 : 0);
        assertThat(AttackedWorld.issuers().decoy().connections()).isZero();
    }

    /** Their payloads are no claims, so that even the valid ones are no tokens here. */
    @Test
    void wycheproof_everyVectorAsAToken_isTheSame401() {
        String refused = Asking.withNothing().everything();
        long held = cache.size();

        for (String token : WycheproofTest.tokens()) {
            assertThat(Asking.withToken(token).everything()).isEqualTo(refused);
        }

        assertThat(RunningWorld.sts().calls()).isEmpty();
        assertThat(cache.size()).isEqualTo(held);
    }
}
