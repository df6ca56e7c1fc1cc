package dev.credbroker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule on a tree that breaks it: a rule that finds nothing there would find nothing anywhere. */
class ArchitectureRulesTest {

    private static final String ROOT = "dev.credbroker.planted";
    private static final Map<String, ArchRule> RULES = new ArchitectureRules(ROOT).all();
    private static final JavaClasses PLANTED = new ClassFileImporter().importPackages(ROOT);

    @ParameterizedTest
    @CsvSource({
        "layers, secret.LooksUp",
        "layers, telemetry.AsksItsNeighbour",
        "layers, stray.Stray",
        "cycles, secret.LooksUp",
        "aws-sdk, broker.CallsAws",
        "http-server, broker.SpeaksVertx",
        "caches, oidc.HoldsACache",
        "sockets, oidc.OpensASocket",
        "xml, oidc.ReadsXml",
        "jwts, saml.ReadsJwts",
        "clocks, cache.LooksAtTheClock",
        "injected-fields, api.InjectsAField",
        "configured-fields, api.ConfiguresAField",
        "secrets, cache.TellsSecrets",
        "specs, cache.BuildsASpec",
        "simulator-in-product, cache.UsesTheSimulator",
        "product-in-simulator, simulator.UsesTheProduct",
        "null-marked, cache.Prints",
        "standard-streams, cache.Prints"
    })
    void rule_onWhatBreaksIt_namesIt(String rule, String planted) {
        assertThat(violations(rule)).anyMatch(violation -> violation.contains(ROOT + "." + planted));
    }

    @Test
    void rules_allOfThem_areTriedHere() {
        assertThat(RULES.keySet())
                .allSatisfy(rule -> assertThat(violations(rule)).as(rule).isNotEmpty());
    }

    @Test
    void layers_usedFromAHigherLine_areNotFound() {
        assertThat(violations("layers"))
                .noneMatch(violation -> violation.contains("wiring.Top") && violation.contains("secret.Ground"));
    }

    @Test
    void nullMarked_packageThatIs_isNotFound() {
        assertThat(violations("null-marked")).noneMatch(violation -> violation.contains("wiring.Top"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"instant", "reference", "local", "zoned", "clock", "source", "millis", "nanos", "date"})
    void clocks_readInAnyWay_areFound(String method) {
        assertThat(violations("clocks")).anyMatch(violation -> violation.contains("LooksAtTheClock." + method + "()"));
    }

    @Test
    void clocks_thatAreGiven_areNotFound() {
        assertThat(violations("clocks")).noneMatch(violation -> violation.contains("LooksAtTheClock.right"));
    }

    @Test
    void clocks_readByWiring_areNotFound() {
        assertThat(violations("clocks")).noneMatch(violation -> violation.contains("wiring.Top"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"call", "reference"})
    void secrets_readInAnyWay_areFound(String method) {
        assertThat(violations("secrets")).anyMatch(violation -> violation.contains("TellsSecrets." + method));
    }

    @Test
    void secrets_readByANamedReader_areNotFound() {
        assertThat(violations("secrets")).noneMatch(violation -> violation.contains("CompactJwt"));
    }

    private static List<String> violations(String rule) {
        return RULES.get(rule).evaluate(PLANTED).getFailureReport().getDetails();
    }
}
