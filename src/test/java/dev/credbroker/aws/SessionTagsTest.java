package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTagsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 49, 50})
    void tags_atMost50_areTaken(int count) {
        assertThat(tags(numbered(count)).values()).hasSize(count);
    }

    @Test
    void tags_of51_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(numbered(51)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128})
    void key_of1To128Characters_isTaken(int length) {
        assertThat(tags(Map.of("k".repeat(length), "v")).values()).containsKey("k".repeat(length));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void key_of0Or129Characters_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(Map.of("k".repeat(length), "v")));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 256})
    void value_of0To256Characters_isTaken(int length) {
        assertThat(tags(Map.of("team", "v".repeat(length))).values()).containsValue("v".repeat(length));
    }

    @Test
    void value_of257Characters_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(Map.of("team", "v".repeat(257))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ünïcode 名前 ١٢ _.:/=+-@", "a\u00A0b", ""})
    void value_ofLettersDigitsAndSpacesOfAnyScript_isTaken(String value) {
        assertThat(SessionTags.fitsValue(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a*b", "a\"b", "a$b", "a{b}", "a,b", "a#b", "a\\b", "a\u0301", "a\uD83D"})
    void value_ofAnotherCharacter_isRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(Map.of("team", value)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws:", "aws:team", "AWS:team", "Aws:team", "te*am", "te\nam"})
    void key_thatAwsReserves_isRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(Map.of(key, "v")));
    }

    @Test
    void key_thatOnlyLooksReserved_isTaken() {
        assertThat(tags(Map.of("awsteam", "v", "team/aws:", "v")).values()).hasSize(2);
    }

    @Test
    void keys_thatDifferInCaseOnly_areRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> tags(Map.of("team", "a", "Team", "b")));
    }

    @Test
    void transitive_keyOutOfTheTags_isTaken() {
        assertThat(SessionTags.of(Map.of("team", "a"), Set.of("team")).transitive())
                .containsExactly("team");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Team", "unit", ""})
    void transitive_keyThatIsNotAmongTheTags_isRefused(String key) {
        assertThatIllegalArgumentException().isThrownBy(() -> SessionTags.of(Map.of("team", "a"), Set.of(key)));
    }

    @Test
    void tags_changedAfterwards_stayAsTheyWere() {
        Map<String, String> values = new HashMap<>(Map.of("team", "a"));
        SessionTags tags = tags(values);

        values.put("team", "b");

        assertThat(tags.values()).containsExactly(Map.entry("team", "a"));
    }

    private static SessionTags tags(Map<String, String> values) {
        return SessionTags.of(values, Set.of());
    }

    private static Map<String, String> numbered(int count) {
        return IntStream.range(0, count).boxed().collect(Collectors.toMap(i -> "key" + i, i -> "value"));
    }
}
