package dev.credbroker.roles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.credbroker.roles.Condition.AnyOf;
import dev.credbroker.roles.Condition.Equals;
import dev.credbroker.roles.Condition.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ConditionTest {

    @Test
    void equals_theOnlyValue_holds() {
        assertThat(new Equals("team", "a").holds(attributes("team", "a"))).isTrue();
    }

    @Test
    void equals_oneOfSeveralValues_doesNotHold() {
        assertThat(new Equals("team", "a").holds(attributes("team", "a", "b"))).isFalse();
    }

    @Test
    void equals_anotherCase_doesNotHold() {
        assertThat(new Equals("team", "a").holds(attributes("team", "A"))).isFalse();
        assertThat(new Equals("team", "a").holds(attributes("Team", "a"))).isFalse();
    }

    @Test
    void equals_theSameLettersInAnotherForm_doesNotHold() {
        assertThat(new Equals("team", "\u00E9").holds(attributes("team", "e\u0301")))
                .isFalse();
    }

    @Test
    void anyOf_someValue_holds() {
        assertThat(new AnyOf("groups", Set.of("a", "b")).holds(attributes("groups", "b", "c")))
                .isTrue();
    }

    @Test
    void anyOf_noneOfTheValues_doesNotHold() {
        assertThat(new AnyOf("groups", Set.of("a", "b")).holds(attributes("groups", "c", "ab", "a,b")))
                .isFalse();
    }

    @Test
    void anyOf_nothing_cannotBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> new AnyOf("groups", Set.of()));
    }

    @Test
    void prefix_someValueThatBeginsSo_holds() {
        assertThat(new Prefix("groups", "team/").holds(attributes("groups", "other", "team/a")))
                .isTrue();
    }

    @Test
    void prefix_noValueThatBeginsSo_doesNotHold() {
        assertThat(new Prefix("groups", "team/").holds(attributes("groups", "team", "my/team/a", "teams/a")))
                .isFalse();
    }

    @Test
    void conditions_ofAnAbsentAttribute_neverHold() {
        List<Condition> conditions =
                List.of(new Equals("team", ""), new AnyOf("team", Set.of("")), new Prefix("team", "/"));

        assertThat(conditions).noneMatch(condition -> condition.holds(Map.of()));
        assertThat(conditions).noneMatch(condition -> condition.holds(Map.of("team", Set.of())));
    }

    @Test
    void admission_everyConditionMustHold() {
        Admission admission = new Admission("corp", List.of(new Equals("team", "a"), new Equals("unit", "x")));

        assertThat(admission.admits("corp", Map.of("team", Set.of("a"), "unit", Set.of("x"))))
                .isTrue();
        assertThat(admission.admits("corp", Map.of("team", Set.of("a"), "unit", Set.of("y"))))
                .isFalse();
        assertThat(admission.admits("corp", Map.of("team", Set.of("a")))).isFalse();
    }

    @Test
    void admission_ofAnotherProvider_doesNotAdmit() {
        assertThat(new Admission("corp", List.of()).admits("corp", Map.of())).isTrue();
        assertThat(new Admission("corp", List.of()).admits("Corp", Map.of())).isFalse();
    }

    private static Map<String, Set<String>> attributes(String name, String... values) {
        return Map.of(name, Set.of(values));
    }
}
