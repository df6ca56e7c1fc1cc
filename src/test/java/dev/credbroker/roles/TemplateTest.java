package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateTest {

    /** All texts of up to three characters out of a letter and the separator of the templates here. */
    private static final List<String> TEXTS = IntStream.rangeClosed(0, 3)
            .boxed()
            .flatMap(length -> IntStream.range(0, 1 << length)
                    .mapToObj(bits -> IntStream.range(0, length)
                            .mapToObj(i -> (bits >> i & 1) == 0 ? "a" : "-")
                            .reduce("", String::concat)))
            .toList();

    @Test
    void fill_everyPlace_isItsValueBetweenTheLiterals() {
        assertThat(fill("a-{subject}.{team}+{team}-z", Map.of("subject", "alice", "team", "x")))
                .isEqualTo(new Filling.Distinct("a-alice.x+x-z"));
    }

    @Test
    void fill_aPlaceWithoutAValue_isIncomplete() {
        assertThat(fill("{subject}-{team}", Map.of("subject", "alice"))).isEqualTo(new Filling.Incomplete());
    }

    @Test
    void fill_withoutPlaces_isTheText() {
        assertThat(fill("costs 5$", Map.of())).isEqualTo(new Filling.Distinct("costs 5$"));
    }

    @Test
    void fill_aValueThatLooksLikeAPlace_isNotFilledAgain() {
        assertThat(fill("{team}", Map.of("team", "{subject}", "subject", "alice")))
                .isEqualTo(new Filling.Distinct("{subject}"));
    }

    @Test
    void fill_aNameOfAnAttributeThatIsAUrl_isItsValue() {
        assertThat(fill(
                        "{http://schemas.xmlsoap.org/claims/Group}",
                        Map.of("http://schemas.xmlsoap.org/claims/Group", "a")))
                .isEqualTo(new Filling.Distinct("a"));
    }

    @ParameterizedTest
    @CsvSource({
        "{team}-{subject}, a-b, c",
        "{subject}-{team}, a-b, c",
        "{team}--{subject}, a-, c",
        "{subject}--{team}, -a, c",
        "{provider}.{team}-{subject}, -, c",
        "{team}-{unit}, a-b, c"
    })
    void fill_aValueThatHoldsItsSeparator_isAmbiguous(String template, String team, String other) {
        assertThat(fill(template, Map.of("team", team, "subject", other, "unit", other, "provider", "corp")))
                .isInstanceOf(Filling.Ambiguous.class);
    }

    @ParameterizedTest
    @CsvSource({
        "{team}-{subject}, a.b, c-d",
        "{subject}-{team}, a.b, c-d",
        "{team}--{subject}, -a-b, --",
        "{provider}-{subject}, a, -c-",
        "{subject}-{provider}, a, -c-",
        "{unit}-{team}, a-b, c"
    })
    void fill_aSeparatorInTheOpenPlaceOrTheProvider_isDistinct(String template, String team, String other) {
        assertThat(fill(template, Map.of("team", team, "subject", other, "unit", other, "provider", "corp-eu")))
                .isInstanceOf(Filling.Distinct.class);
    }

    /** Each value tuple of up to three characters each: no two make the same text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{x}-{y}-{z}",
                "{x}--{y}-{z}",
                "{x}-{y}--{z}",
                "{subject}-{y}-{z}",
                "{x}-{subject}-{z}",
                "{x}--{subject}--{z}",
                "-{x}a{subject}-{z}a",
                "{x}-{y}-{subject}",
                "{x}a-{y}-a{subject}"
            })
    void fill_distinctTexts_areOfOneTupleOfValues(String text) {
        Template template = Template.parse(text);
        Map<String, Map<String, String>> makers = new HashMap<>();
        for (Map<String, String> values : tuples(List.copyOf(template.places()))) {
            if (template.fill(place -> Optional.ofNullable(values.get(place)))
                    instanceof Filling.Distinct(String filled)) {
                assertThat(makers.putIfAbsent(filled, values)).as(filled).isNull();
            }
        }
        assertThat(makers).hasSizeGreaterThan(200);
    }

    private static List<Map<String, String>> tuples(List<String> places) {
        return TEXTS.stream()
                .flatMap(x -> TEXTS.stream()
                        .flatMap(y ->
                                TEXTS.stream().map(z -> Map.of(places.get(0), x, places.get(1), y, places.get(2), z))))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "{provider}-{subject}, corp, corp-eu, true",
        "{provider}-{subject}, corp, corp-, true",
        "{provider}-{subject}, corp, corpeu, false",
        "{provider}-{subject}, corp-us, corp-eu, false",
        "{provider}-{subject}, eu-corp, corp, false",
        "{provider}:{subject}, corp, corp-eu, false",
        "{subject}-{provider}, corp, eu-corp, true",
        "{subject}-{provider}, corp, corp-eu, false",
        "x-{team}.{provider}-{subject}, corp, corp-eu, true",
        "{provider}, corp, corp-eu, false",
        "{team}-{provider}, corp, eu-corp, true",
        "{subject}, corp, corp-eu, false"
    })
    void confused_namesOfWhichOneContinuesTheOther_areFound(
            String template, String one, String other, boolean confused) {
        assertThat(Template.parse(template).confused(Set.of(one, other))).matches(pair -> pair.isPresent() == confused);
    }

    /** For all pairs of names: where none are found confused, no text has two makers. */
    @ParameterizedTest
    @ValueSource(strings = {"{provider}-{subject}", "{subject}-{provider}", "{provider}--{subject}", "{provider}"})
    void confused_noNames_meansThatNoTwoPeopleMakeOneText(String text) {
        Template template = Template.parse(text);
        for (String one : TEXTS) {
            for (String other : TEXTS) {
                if (!one.equals(other) && template.confused(Set.of(one, other)).isEmpty()) {
                    assertThat(TEXTS.stream()
                                    .map(subject -> filled(template, one, subject))
                                    .filter(TEXTS.stream()
                                            .map(subject -> filled(template, other, subject))
                                            .toList()::contains))
                            .as("%s and %s", one, other)
                            .isEmpty();
                }
            }
        }
    }

    private static Filling filled(Template template, String provider, String subject) {
        return template.fill(place -> Optional.of(place.equals("provider") ? provider : subject));
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

    @ParameterizedTest
    @ValueSource(strings = {"{a}{b}", "{provider}{subject}", "x{a}-{b}{c}", "{a}{a}"})
    void parse_twoPlacesSideBySide_isRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Template.parse(text))
                .withMessageContaining("put a separator between them");
    }

    private static Filling fill(String template, Map<String, String> values) {
        return Template.parse(template).fill(place -> Optional.ofNullable(values.get(place)));
    }
}
