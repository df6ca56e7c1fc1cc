package dev.credbroker.saml;

import static org.assertj.core.api.Assertions.assertThat;

import dev.credbroker.aws.Partition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressTest {

    @ParameterizedTest
    @CsvSource({
        "aws, https://signin.aws.amazon.com/saml",
        "aws, https://us-east-1.signin.aws.amazon.com/saml",
        "aws, https://signin.aws.amazon.com/saml/acs/SAMLSP4SHN3UIS2D558H46",
        "aws, https://eu-west-1.signin.aws.amazon.com/saml/acs/SAMLSP4SHN3UIS2D558H46",
        "aws-us-gov, https://signin.amazonaws-us-gov.com/saml",
        "aws-us-gov, https://us-gov-west-1.signin.amazonaws-us-gov.com/saml",
        "aws-cn, https://signin.amazonaws.cn/saml",
        "aws-cn, https://cn-north-1.signin.amazonaws.cn/saml/acs/X"
    })
    void of_signInAddressOfThePartition_isAudienceAndRecipient(String partition, String text) {
        Address address = Address.of(new Partition(partition)).orElseThrow();

        assertThat(address.recipient().test(text)).isTrue();
        assertThat(address.audience().test(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, https://signin.amazonaws.cn/saml",
        "aws-cn, https://signin.aws.amazon.com/saml",
        "aws-us-gov, https://us-east-1.signin.amazonaws-us-gov.com/saml",
        "aws-us-gov, https://signin.aws.amazon.com/saml",
        "aws-cn, https://eu-west-1.signin.amazonaws.cn/saml",
        "aws, https://cn-north-1.signin.aws.amazon.com/saml"
    })
    void of_signInAddressOfAnotherPartition_isNeither(String partition, String text) {
        Address address = Address.of(new Partition(partition)).orElseThrow();

        assertThat(address.recipient().test(text)).isFalse();
        assertThat(address.audience().test(text)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "aws, urn:amazon:webservices",
        "aws-us-gov, urn:amazon:webservices",
        "aws-us-gov, urn:amazon:webservices:govcloud",
        "aws-cn, urn:amazon:webservices:cn-north-1"
    })
    void of_nameOfThePartition_isAudienceOnly(String partition, String text) {
        Address address = Address.of(new Partition(partition)).orElseThrow();

        assertThat(address.audience().test(text)).isTrue();
        assertThat(address.recipient().test(text)).isFalse();
    }

    @Test
    void of_partitionWithoutPublishedAddress_isAbsent() {
        assertThat(Address.of(Partition.EUROPEAN_SOVEREIGN)).isEmpty();
        assertThat(Address.of(new Partition("aws-iso"))).isEmpty();
    }
}
