package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnPatternTest {

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789012:role/Upload",
        "arn:aws:iam::*:role/Upload, arn:aws:iam::000000000000:role/Upload",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::123456789012:role/Upload",
        "arn:aws:iam::123456789012:role/data/*, arn:aws:iam::123456789012:role/data/Upload",
        "arn:aws:iam::*:role/data/*, arn:aws:iam::123456789012:role/data/Upload"
    })
    void matches_anArnThatIsMeant_isTrue(String pattern, String arn) {
        assertThat(RoleArnPattern.parse(pattern).matches(RoleArn.parse(arn))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789012:role/upload",
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789013:role/Upload",
        "arn:aws:iam::123456789012:role/Upload, arn:aws-cn:iam::123456789012:role/Upload",
        "arn:aws:iam::*:role/Upload, arn:aws-cn:iam::123456789012:role/Upload",
        "arn:aws:iam::*:role/Upload, arn:aws:iam::123456789012:role/data/Upload",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::123456789012:role/data/Upload",
        "arn:aws:iam::123456789012:role/data/*, arn:aws:iam::123456789012:role/data/eu/Upload",
        "arn:aws:iam::123456789012:role/data/*, arn:aws:iam::123456789012:role/Upload",
        "arn:aws:iam::123456789012:role/data/*, arn:aws:iam::123456789012:role/database/Upload",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::123456789013:role/Upload"
    })
    void matches_anyOtherArn_isFalse(String pattern, String arn) {
        assertThat(RoleArnPattern.parse(pattern).matches(RoleArn.parse(arn))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789012:role/Upload",
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::*:role/Upload",
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789012:role/*",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::*:role/Upload",
        "arn:aws:iam::*:role/*, arn:aws:iam::*:role/*"
    })
    void overlaps_wherever1ArnIsMatchedByBoth_isTrueBothWays(String one, String other) {
        assertThat(RoleArnPattern.parse(one).overlaps(RoleArnPattern.parse(other)))
                .isTrue();
        assertThat(RoleArnPattern.parse(other).overlaps(RoleArnPattern.parse(one)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::123456789012:role/Upload, arn:aws:iam::123456789012:role/Download",
        "arn:aws:iam::123456789012:role/*, arn:aws:iam::123456789013:role/*",
        "arn:aws:iam::*:role/Upload, arn:aws:iam::*:role/Download",
        "arn:aws:iam::*:role/*, arn:aws:iam::*:role/data/*",
        "arn:aws:iam::*:role/*, arn:aws-cn:iam::*:role/*"
    })
    void overlaps_whereNoArnIsMatchedByBoth_isFalseBothWays(String one, String other) {
        assertThat(RoleArnPattern.parse(one).overlaps(RoleArnPattern.parse(other)))
                .isFalse();
        assertThat(RoleArnPattern.parse(other).overlaps(RoleArnPattern.parse(one)))
                .isFalse();
    }

    @Test
    void exact_withoutAStar_isTheArn() {
        String text = "arn:aws:iam::123456789012:role/data/Upload";

        assertThat(RoleArnPattern.parse(text).exact()).contains(RoleArn.parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:iam::*:role/Upload", "arn:aws:iam::123456789012:role/*", "arn:aws:iam::*:role/*"})
    void exact_withAStar_isAbsent(String text) {
        assertThat(RoleArnPattern.parse(text).exact()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "arn:aws:iam::1234*:role/Upload",
                "arn:aws:iam::**:role/Upload",
                "arn:aws:iam:::role/Upload",
                "arn:aws:iam::123456789012:role/Up*",
                "arn:aws:iam::123456789012:role/*/Upload",
                "arn:aws:iam::123456789012:role/**",
                "arn:aws:iam::123456789012:role/da?a/Upload*",
                "arn:*:iam::123456789012:role/Upload",
                "arn:aws:iam::123456789012:role/${role}"
            })
    void parse_aStarInAnotherPlace_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArnPattern.parse(text));
    }

    @Test
    void parse_longerThanAnyArn_isRefused() {
        String text = "arn:aws:iam::*:role/" + ("p".repeat(99) + '/').repeat(21) + "Upload";

        assertThatIllegalArgumentException().isThrownBy(() -> RoleArnPattern.parse(text));
    }

    @Test
    void toString_ofAPattern_isWhatWasParsed() {
        assertThat(RoleArnPattern.parse("arn:aws:iam::*:role/data/*")).hasToString("arn:aws:iam::*:role/data/*");
    }

    @Test
    void construction_withASlashInTheName_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RoleArnPattern(Partition.AWS, "*", "", "data/Upload"));
    }
}
