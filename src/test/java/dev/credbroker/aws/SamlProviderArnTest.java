package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SamlProviderArnTest {

    private static final String BEFORE = "arn:aws:iam::123456789012:saml-provider/";

    @Test
    void parse_aProvider_knowsItsParts() {
        assertThat(SamlProviderArn.parse(BEFORE + "ADFS"))
                .isEqualTo(new SamlProviderArn(Partition.AWS, "123456789012", "ADFS"))
                .hasToString(BEFORE + "ADFS");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128})
    void parse_nameOf1To128_isTaken(int length) {
        assertThat(SamlProviderArn.parse(BEFORE + "n".repeat(length)).name()).hasSize(length);
        assertThat(SamlProviderArnPattern.parse(BEFORE + "n".repeat(length)).name())
                .hasSize(length);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 129})
    void parse_nameOf0Or129_isRefused(int length) {
        assertThatIllegalArgumentException().isThrownBy(() -> SamlProviderArn.parse(BEFORE + "n".repeat(length)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SamlProviderArnPattern.parse(BEFORE + "n".repeat(length)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "arn:aws:iam::*:saml-provider/ADFS",
                "arn:aws:iam::12345678901:saml-provider/ADFS",
                "arn:aws:iam::123456789012:saml-provider/AD/FS",
                "arn:aws:iam::123456789012:saml-provider/AD FS",
                "arn:aws:iam::123456789012:oidc-provider/ADFS",
                "arn:aws-mars:iam::123456789012:saml-provider/ADFS"
            })
    void parse_whatIsNotOneProvider_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SamlProviderArn.parse(text));
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:iam::*:saml-provider/ADFS, true",
        "arn:aws:iam::123456789012:saml-provider/ADFS, true",
        "arn:aws:iam::123456789013:saml-provider/ADFS, false",
        "arn:aws-cn:iam::*:saml-provider/ADFS, false",
        "arn:aws:iam::*:saml-provider/adfs, false"
    })
    void matches_ofAPattern_leavesOnlyTheAccountOpen(String pattern, boolean matches) {
        assertThat(SamlProviderArnPattern.parse(pattern).matches(SamlProviderArn.parse(BEFORE + "ADFS")))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"arn:aws:iam::*:saml-provider/*", "arn:aws:iam::12*:saml-provider/ADFS", "*"})
    void parse_aStarInAnotherPlaceOfAPattern_isRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SamlProviderArnPattern.parse(text));
    }

    @Test
    void construction_withAnAccountOfElevenDigits_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SamlProviderArn(Partition.AWS, "12345678901", "ADFS"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SamlProviderArnPattern(Partition.AWS, "12345678901", "ADFS"));
    }
}
