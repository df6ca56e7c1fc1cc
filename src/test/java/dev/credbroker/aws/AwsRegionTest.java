package dev.credbroker.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsRegionTest {

    @ParameterizedTest
    @CsvSource({
        "eu-west-1, aws",
        "ap-southeast-7, aws",
        "mx-central-1, aws",
        "cn-north-1, aws-cn",
        "us-gov-west-1, aws-us-gov",
        "us-east-1, aws",
        "eusc-de-east-1, aws-eusc",
        "us-iso-east-1, aws-iso",
        "us-isob-east-1, aws-iso-b",
        "eu-isoe-west-1, aws-iso-e",
        "us-isof-south-1, aws-iso-f",
        "eu-isof-west-1, aws-iso-f"
    })
    void partition_ofARegion_followsTheBeginningOfItsName(String name, String partition) {
        assertThat(new AwsRegion(name).partition()).isEqualTo(new Partition(partition));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eu-west",
                "eu-west-",
                "eu-west-100",
                "EU-WEST-1",
                "e-west-1",
                "eu-w-1",
                "eu-west-1.evil.example",
                "eu-west-1/",
                "eu-west-1\n",
                "aws-global",
                "europe-west-1"
            })
    void region_ofAnotherShape_isRefused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new AwsRegion(name));
    }
}
