package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    @Test
    void fill_everyPlace_isItsValueBetweenTheLiterals() {
        assertThat(fill("a-{subject}.{team}{team}-z", Map.of("subject", "alice", "team", "x")))
                .contains("a-alice.xx-z");
    }

    @Test
    void fill_aPlaceWithoutAValue_isAbsent() {
        assertThat(fill("{subject}-{team}", Map.of("subject", "alice"))).isEmpty();
    }

    @Test
    void fill_withoutPlaces_isTheText() {
        assertThat(fill("costs 5$", Map.of())).contains("costs 5$");
    }

    @Test
    void fill_aValueThatLooksLikeAPlace_isNotFilledAgain() {
        assertThat(fill("{team}", Map.of("team", "{subject}", "subject", "alice")))
                .contains("{subject}");
    }

    @Test
    void fill_aNameOfAnAttributeThatIsAUrl_isItsValue() {
        assertThat(fill(
                        "{http://schemas.xmlsoap.org/claims/Group}",
                        Map.of("http://schemas.xmlsoap.org/claims/Group", "a")))
                .contains("a");
    }

    @Test
    void places_ofATemplate_areItsNamesOnce() {
        assertThat(Template.parse("{subject}-{team}-{subject}").places()).containsExactlyInAnyOrder("subject", "team");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "}", "{}", "{a", "a}", "{{a}}", "{a}}", "${a}", "x${a}y", "{a}${b}", "{a{b}}"})
    void parse_aBraceWithoutAPlaceOrAPlaceWithADollar_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Template.parse(text));
    }

    private static Optional<String> fill(String template, Map<String, String> values) {
        return Template.parse(template).fill(place -> Optional.ofNullable(values.get(place)));
    }
}
