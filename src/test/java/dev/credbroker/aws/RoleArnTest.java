package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoleArnTest {

    private static final String ACCOUNT = "123456789012";

    @Test
    void parse_aRoleBelowAPath_knowsItsParts() {
        RoleArn arn = RoleArn.parse("arn:aws-cn:iam::123456789012:role/data/eu/Upload");

        assertThat(arn).isEqualTo(new RoleArn(Partition.CHINA, ACCOUNT, "data/eu/", "Upload"));
        assertThat(arn).hasToString("arn:aws-cn:iam::123456789012:role/data/eu/Upload");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 63, 64})
    void parse_nameOf1To64_isTaken(int length) {
        String name = "n".repeat(length);

        assertThat(RoleArn.parse("arn:aws:iam::123456789012:role/" + name).name())
                .isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 65})
    void parse_nameOf0Or65_isRefused(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleArn.parse("arn:aws:iam::123456789012:role/" + "n".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(ints = {2047, 2048})
    void parse_arnOfAtMost2048_isTaken(int length) {
        assertThat(RoleArn.parse(arnOf(length)).toString()).hasSize(length);
    }

    @Test
    void parse_arnOf2049_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArn.parse(arnOf(2049)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn:aws:iam::12345678901:role/Upload",
                "arn:aws:iam::1234567890123:role/Upload",
                "arn:aws:iam::*:role/Upload",
                "arn:aws:iam::123456789012:role/*",
                "arn:aws:iam::123456789012:role/da*ta/Upload",
                "arn:aws:iam::123456789012:role//Upload",
                "arn:aws:iam::123456789012:role/data eu/Upload",
                "arn:aws:iam::123456789012:role/Up load",
                "arn:aws:iam::123456789012:role/Úpload",
                "arn:aws:iam::123456789012:user/Upload",
                "arn:aws:iam:eu-west-1:123456789012:role/Upload",
                "arn:aws:sts::123456789012:assumed-role/Upload/alice",
                "arn:mars:iam::123456789012:role/Upload",
                "arn:aws-mars:iam::123456789012:role/Upload",
                " arn:aws:iam::123456789012:role/Upload",
                "arn:aws:iam::123456789012:role/Upload\n",
                "ARN:aws:iam::123456789012:role/Upload"
            })
    void parse_whatIsNotOneRole_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RoleArn.parse(text));
    }

    @Test
    void parse_theLongestHostileText_ends() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RoleArn.parse("arn:aws:iam::123456789012:role/" + "a/".repeat(1_000) + "*"));
    }

    @Test
    void construction_withASlashInTheName_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleArn(Partition.AWS, ACCOUNT, "", "data/Upload"));
    }

    @Test
    void construction_withAPathThatDoesNotEndInASlash_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleArn(Partition.AWS, ACCOUNT, "data", "Upload"));
    }

    @Test
    void construction_withAnAccountOfElevenDigits_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RoleArn(Partition.AWS, "12345678901", "", "Upload"));
    }

    private static String arnOf(int length) {
        String before = "arn:aws:iam::123456789012:role/";
        String path = ("p".repeat(99) + '/').repeat(20);
        return before + path + "n".repeat(length - before.length() - path.length());
    }
}
