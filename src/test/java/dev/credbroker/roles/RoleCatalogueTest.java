package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.AwsRegion;
import dev.credbroker.aws.RoleArn;
import dev.credbroker.configuration.Finding;
import dev.credbroker.configuration.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleCatalogueTest {

    private static final String DEPLOYER = "arn:aws:iam::123456789012:role/Deployer";

    private final RoleCatalogue catalogue = Catalogues.of(Map.of(
            "deployer", RoleDraft.assumeRole(),
            "uploads", RoleDraft.webIdentity().arn("arn:aws:iam::*:role/data/*"),
            "adfs", RoleDraft.saml()));

    @Test
    void find_byName_isTheRoleWithItsArn() {
        AskedRole asked = catalogue.find("deployer").orElseThrow();

        assertThat(asked.role().name()).isEqualTo("deployer");
        assertThat(asked.arn()).isEqualTo(RoleArn.parse(DEPLOYER));
    }

    @Test
    void find_byArn_isTheSameRole() {
        assertThat(catalogue.find(DEPLOYER)).isEqualTo(catalogue.find("deployer"));
    }

    @Test
    void find_byAnArnThatAPatternMatches_isThePatternWithThatArn() {
        String arn = "arn:aws:iam::000000000001:role/data/Upload";

        AskedRole asked = catalogue.find(arn).orElseThrow();

        assertThat(asked.role().name()).isEqualTo("uploads");
        assertThat(asked.arn()).isEqualTo(RoleArn.parse(arn));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Deployer",
                "deployer ",
                "uploads",
                "arn:aws:iam::*:role/data/*",
                "arn:aws:iam::123456789012:role/deployer",
                "arn:aws:iam::123456789012:role/data/eu/Upload",
                "arn:aws:iam::123456789013:role/Deployer",
                "arn:aws:iam::123456789012:role/Deployer\n",
                "arn:"
            })
    void find_whatIsNotOneRoleOfTheCatalogue_isAbsent(String asked) {
        assertThat(catalogue.find(asked)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "deployer, true",
        "Unknown-1.2_3, true",
        "arn:aws:iam::123456789012:role/Unknown, true",
        "arn:aws:iam::*:role/Unknown, false",
        "a b, false",
        "-a, false",
        "a/b, false",
        "'', false"
    })
    void wellFormed_whateverCouldNameARole_isTrueForThatOnly(String asked, boolean wellFormed) {
        assertThat(RoleCatalogue.wellFormed(asked)).isEqualTo(wellFormed);
    }

    @Test
    void all_ofACatalogue_areInTheOrderOfTheirNames() {
        assertThat(catalogue.all()).extracting(Role::name).containsExactly("adfs", "deployer", "uploads");
    }

    @Test
    void from_noRoles_isAFinding() {
        assertThat(findings(Map.of())).extracting(Finding::property).containsExactly("broker.roles");
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/Deployer, arn:aws:iam::123456789012:role/Deployer",
        "arn:aws:iam::*:role/Deployer, arn:aws:iam::123456789012:role/Deployer",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::*:role/Deployer"
    })
    void from_twoRolesThatCanMeanOneArn_isAFindingThatNamesBoth(String one, String other) {
        Map<String, RoleDraft> roles = Map.of(
                "a",
                RoleDraft.webIdentity().arn(one),
                "b.c",
                RoleDraft.webIdentity().arn(other));

        assertThat(findings(roles))
                .extracting(Object::toString)
                .containsExactly("broker.roles.\"b.c\".arn: can mean the same role as broker.roles.a.arn");
    }

    @Test
    void from_twoRolesOfOneNameInTwoPaths_hasNoFinding() {
        assertThat(findings(Map.of(
                        "a", RoleDraft.webIdentity().arn("arn:aws:iam::*:role/*"),
                        "b", RoleDraft.webIdentity().arn("arn:aws:iam::*:role/data/*"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64})
    void from_nameOf1To64Characters_hasNoFinding(int length) {
        assertThat(findings(Map.of("n".repeat(length), RoleDraft.assumeRole()))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a/b", ".a", "_a", "ä", "arn:aws:iam::123456789012:role/Deployer"})
    void from_nameOfAnotherShape_isAFinding(String name) {
        assertThat(findings(Map.of(name, RoleDraft.assumeRole())))
                .extracting(Finding::advice)
                .containsExactly("a role's name is 1 to 64 letters, digits and . _ -");
    }

    @Test
    void from_nameOf65Characters_isAFinding() {
        assertThat(findings(Map.of("n".repeat(65), RoleDraft.assumeRole()))).hasSize(1);
    }

    @Test
    void from_mistakesInSeveralRoles_tellsAllOfThem() {
        Map<String, RoleDraft> roles = Map.of(
                "a", RoleDraft.assumeRole().withoutArn(),
                "b", RoleDraft.webIdentity().tag("team", "x").onExcess("perhaps"),
                "c", RoleDraft.saml().defaultDuration(Duration.ofHours(5)));

        assertThat(findings(roles))
                .extracting(Finding::property)
                .containsExactlyInAnyOrder(
                        "broker.roles.a.arn",
                        "broker.roles.b.tags",
                        "broker.roles.b.on-excess",
                        "broker.roles.c.default-duration");
    }

    private static List<Finding> findings(Map<String, RoleDraft> roles) {
        Findings findings = new Findings();
        RoleCatalogue.from(
                () -> Map.copyOf(roles), Catalogues.PROVIDERS, Optional.of(new AwsRegion("eu-west-1")), findings);
        return findings.all();
    }
}
